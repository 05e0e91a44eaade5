package io.narthex.jmh.report;

import io.narthex.jmh.results.Build;
import io.narthex.jmh.results.Jvm;
import io.narthex.jmh.results.Machine;
import io.narthex.jmh.results.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When, where and how a run was made, in words. */
final class Provenance {
  private static final String UNKNOWN = "not known";

  private Provenance() {}

  /** One sentence, to stand under a table. */
  static String sentence(final Results results) {
    final Machine machine = results.machine();
    return "Measured on "
        + day(results)
        + " by a "
        + kind(results)
        + ": Narthex "
        + narthex(results)
        + ", "
        + machine.jdk()
        + (results.jvm().maxHeapBytes() == 0 ? "" : " with a heap of " + heap(results.jvm()))
        + ", "
        + cpu(machine)
        + ", "
        + machine.os()
        + '.';
  }

  /** All that there is to know, by name, in the order of the report. */
  static Map<String, String> facts(final Results results) {
    final Machine machine = results.machine();
    final Map<String, String> facts = new LinkedHashMap<>();
    final String commit = results.build().commit();
    facts.put("Narthex", results.version());
    facts.put("Commit", commit.isEmpty() ? UNKNOWN : commit);
    facts.put("Date", when(results));
    facts.put("Run", kind(results));
    facts.put("JDK", machine.jdk());
    facts.put("Heap", heap(results.jvm()));
    facts.put("Garbage collectors", orElse(results.jvm().collectors(), ", ", UNKNOWN));
    facts.put("JVM flags", flags(results.jvm()));
    facts.put("CPU", cpu(machine));
    facts.put("Memory", memory(machine));
    facts.put("System", machine.os());
    facts.put("Libraries", libraries(results.build()));
    return facts;
  }

  /** The name of a peer with its version, where that is known. */
  static String peer(final Results results, final String name) {
    final String version = results.build().libraries().get(name);
    return version == null ? name : name + ' ' + version;
  }

  private static String narthex(final Results results) {
    final String commit = results.build().commit();
    return results.version() + (commit.isEmpty() ? "" : " (" + commit + ')');
  }

  private static String heap(final Jvm jvm) {
    return jvm.maxHeapBytes() == 0 ? UNKNOWN : "at most " + gibibytes(jvm.maxHeapBytes());
  }

  private static String flags(final Jvm jvm) {
    // Without a heap, nothing is known of the JVM.
    return jvm.maxHeapBytes() == 0
        ? UNKNOWN
        : orElse(jvm.flags(), " ", "none but those that the benchmarks need");
  }

  private static String libraries(final Build build) {
    return orElse(
        build.libraries().entrySet().stream()
            .map(entry -> entry.getKey() + ' ' + entry.getValue())
            .toList(),
        ", ",
        UNKNOWN);
  }

  private static String orElse(
      final List<String> parts, final String between, final String otherwise) {
    return parts.isEmpty() ? otherwise : String.join(between, parts);
  }

  static String day(final Results results) {
    final String date = results.date();
    return date.length() > 10 && date.charAt(10) == 'T' ? date.substring(0, 10) : date;
  }

  /** The date with its time, as people write it. */
  static String when(final Results results) {
    return results.date().replaceFirst("T(\\d\\d:\\d\\d).*Z$", " $1 UTC");
  }

  static String kind(final Results results) {
    return "run at "
        + (results.quick() ? "quick" : "full")
        + " pace, of "
        + duration(results.seconds());
  }

  static String cpu(final Machine machine) {
    return machine.cpu() + ", " + machine.cores() + (machine.cores() == 1 ? " core" : " cores");
  }

  static String memory(final Machine machine) {
    return machine.memoryBytes() == 0 ? UNKNOWN : gibibytes(machine.memoryBytes());
  }

  private static String gibibytes(final long bytes) {
    return Numbers.text(bytes / (double) (1 << 30)) + " GiB";
  }

  private static String duration(final long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    final long minutes = Math.round(seconds / 60.0);
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
