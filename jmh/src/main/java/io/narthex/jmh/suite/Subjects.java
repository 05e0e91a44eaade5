package io.narthex.jmh.suite;

import java.util.List;

/** Who is measured by which benchmark method: peers' methods end in the peer's name. */
final class Subjects {
  private static final List<String[]> SUFFIXES =
      List.of(
          new String[] {"ClientJava", "client_java"},
          new String[] {"Micrometer", "Micrometer"},
          new String[] {"Dropwizard", "Dropwizard"},
          new String[] {"OpenTelemetry", "OpenTelemetry"},
          new String[] {"Agrona", "Agrona"},
          new String[] {"LongAdder", "LongAdder"},
          new String[] {"DoubleAdder", "DoubleAdder"},
          new String[] {"Plain", "plain add"},
          new String[] {"Atomic", "atomic add"});

  /** For what only makes the strings that others look up by. */
  private static final String STRINGS = "strings";

  private Subjects() {}

  /** Whether a benchmark measures a peer, so that no backend of ours matters to it. */
  static boolean isPeer(final String method) {
    return !of(method, "").isEmpty();
  }

  /** The subject of a benchmark method; {@code ours} where it has no peer's name. */
  static String of(final String method, final String ours) {
    for (final String[] suffix : SUFFIXES) {
      if (method.endsWith(suffix[0])) {
        return suffix[1];
      }
    }
    return method.equals(STRINGS) ? "strings alone" : ours;
  }
}
