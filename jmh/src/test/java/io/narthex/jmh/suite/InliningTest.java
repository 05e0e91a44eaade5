package io.narthex.jmh.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.ForkFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That C2 makes one piece of code of each hot way, from the caller's loop down to the atomic
 * operation. A lost inlining costs a nanosecond or two, which a comparison of times cannot tell
 * from a busy machine; the compiler's own account can.
 */
final class InliningTest {
  private static final List<String> WAYS = List.of("inc", "lookUp", "set", "observe");

  /** Begins the account of one compilation: when, its number, attributes, tier, method. */
  private static final Pattern COMPILATION =
      Pattern.compile("^ *\\d+ +\\d+ [%sb!n ]+(\\d) +(\\S+)::(\\S+) .*");

  /** A call in it, and what became of it. */
  private static final Pattern CALL = Pattern.compile(".* @ -?\\d+ +(\\S+::\\S+) \\(.*?\\) +(.*)");

  private static final Pattern INLINED =
      Pattern.compile("(force )?inline\\b.*|\\(intrinsic.*|accessor.*");

  private static final long LIMIT_SECONDS = 120;

  @TempDir private Path directory;

  @Test
  void shouldInlineEachCallOfAnUpdate() throws Exception {
    final Map<String, List<String>> calls = callsOfWays();
    assertThat(calls).containsOnlyKeys(WAYS);
    calls.forEach(
        (way, all) -> {
          assertThat(all).as(way).filteredOn(call -> !isInlined(call)).isEmpty();
          // Down to what the processor does by itself.
          assertThat(all)
              .as(way)
              .anyMatch(call -> call.matches("jdk\\.internal\\.misc\\.Unsafe::.*\\(intrinsic.*"));
        });
  }

  @Test
  void shouldTellWhatIsNotInlined() throws Exception {
    final Map<String, List<String>> calls =
        callsOfWays("-XX:CompileCommand=dontinline,io.narthex.backend.Stripes::index");
    for (final String way : List.of("inc", "lookUp", "observe")) {
      assertThat(calls.get(way))
          .as(way)
          .filteredOn(call -> !isInlined(call))
          .isNotEmpty()
          .allMatch(call -> call.startsWith("io.narthex.backend.Stripes::index "));
    }
  }

  private static boolean isInlined(final String call) {
    return INLINED.matcher(call.substring(call.indexOf(' ') + 1)).matches();
  }

  /** By way, each call of its last compilation, with what became of it. */
  private Map<String, List<String>> callsOfWays(final String... flags) throws Exception {
    final Map<String, List<String>> calls = new LinkedHashMap<>();
    List<String> current = null;
    for (final String line : account(flags)) {
      if (line.contains("made not entrant") || line.contains("made zombie")) {
        continue; // another one's end, told in the midst
      }
      final Matcher compilation = COMPILATION.matcher(line);
      final Matcher call = CALL.matcher(line);
      if (compilation.matches()) {
        current = null;
        final boolean isWay =
            compilation.group(1).equals("4")
                && compilation.group(2).equals(HotPaths.class.getName())
                && WAYS.contains(compilation.group(3));
        if (isWay) {
          current = new ArrayList<>();
          calls.put(compilation.group(3), current);
        }
      } else if (current != null && call.matches()) {
        current.add(call.group(1) + ' ' + call.group(2));
      }
    }
    return calls;
  }

  private List<String> account(final String... flags) throws Exception {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(ForkFlags.AGRONA);
    command.add("-XX:-UsePerfData");
    command.add(
        "-Xbatch"); // one compilation at a time, when it is due, so that accounts do not mix
    command.add("-XX:+UnlockDiagnosticVMOptions");
    command.add("-XX:+PrintCompilation");
    command.add("-XX:+PrintInlining");
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), HotPaths.class.getName()));
    final Path output = directory.resolve("output.txt");
    final Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      final List<String> lines = Files.readAllLines(output);
      assertThat(process.exitValue()).as("exit code of %s", lines).isZero();
      return lines;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
