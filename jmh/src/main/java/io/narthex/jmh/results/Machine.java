package io.narthex.jmh.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a run took place.
 *
 * @param cpu the processor's name
 * @param cores how many the JVM may use
 * @param memoryBytes of the host; 0 where it is not known
 * @param os name and version
 * @param jdk vendor's version of the JVM that ran the benchmarks
 */
public record Machine(String cpu, int cores, long memoryBytes, String os, String jdk) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

  /** This one. */
  public static Machine here() throws IOException {
    return new Machine(
        firstValue(CPU_INFO, "model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(firstValue(MEMORY_INFO, "MemTotal", "0 kB").replace(" kB", "")) * 1024,
        System.getProperty("os.name") + ' ' + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"));
  }

  private static String firstValue(final Path file, final String name, final String otherwise)
      throws IOException {
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(otherwise);
    }
  }
}
