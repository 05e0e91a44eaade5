package io.narthex.jmh.report;

import io.narthex.jmh.results.Machine;
import io.narthex.jmh.results.Results;

/** When, where and how a run was made, in words. */
final class Provenance {
  private Provenance() {}

  /** One sentence, to stand under a table. */
  static String sentence(final Results results) {
    final Machine machine = results.machine();
    return "Measured on "
        + day(results)
        + " by a "
        + kind(results)
        + ": Narthex "
        + results.version()
        + ", "
        + machine.jdk()
        + ", "
        + cpu(machine)
        + ", "
        + machine.os()
        + '.';
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
    return machine.memoryBytes() == 0
        ? "not known"
        : Numbers.text(machine.memoryBytes() / (double) (1 << 30)) + " GiB";
  }

  private static String duration(final long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    final long minutes = Math.round(seconds / 60.0);
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
