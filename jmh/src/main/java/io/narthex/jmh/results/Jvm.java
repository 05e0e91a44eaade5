package io.narthex.jmh.results;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The JVM of the suite. Its forks by JMH have the same flags, and those that the benchmarks need;
 * other children have a heap of their own.
 *
 * @param maxHeapBytes what its heap may grow to; 0 where it is not known
 * @param collectors the names of its garbage collectors
 * @param flags that it was started with
 */
public record Jvm(long maxHeapBytes, List<String> collectors, List<String> flags) {
  /** Of results from before this was kept. */
  static final Jvm UNKNOWN = new Jvm(0, List.of(), List.of());

  /** Copies the lists. */
  public Jvm {
    collectors = collectors == null ? List.of() : List.copyOf(collectors);
    flags = flags == null ? List.of() : List.copyOf(flags);
  }

  /** This one. */
  public static Jvm here() {
    return new Jvm(
        Runtime.getRuntime().maxMemory(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList(),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
