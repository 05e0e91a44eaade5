package io.narthex.jmh.report;

import io.narthex.jmh.report.Plot.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is measured: order and look, the same in all charts. Ours are strong, peers muted. */
final class Subjects {
  static final String MAPPED = "narthex mapped";
  static final String NO_FLAG = "narthex mapped, no flag";
  static final String CLIENT_JAVA = "client_java";
  static final String LONG_ADDER = "LongAdder";
  static final String STRINGS_ALONE = "strings alone";

  /** The backends, in the order of their comparison. */
  static final List<String> BACKENDS =
      List.of(MAPPED, "narthex heap", "narthex chronicle", "narthex redis", "narthex redis-direct");

  /** Those that stand only among the backends, not beside the peers. */
  private static final List<String> ONLY_BACKENDS = BACKENDS.subList(2, BACKENDS.size());

  /** Those whose times stand beside ours in the overview. */
  static final List<String> PEERS =
      List.of(CLIENT_JAVA, "Micrometer", "Dropwizard", "OpenTelemetry", "Agrona", LONG_ADDER);

  /** By name, then for those that are not known. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(Subjects::position).thenComparing(Comparator.naturalOrder());

  // All colours have a contrast of at least 3 to 1 on white.
  private static final Map<String, Style> STYLES = new LinkedHashMap<>();

  static {
    ours(MAPPED, "#0b57d0", 3.5, "circle", "solid");
    ours(NO_FLAG, "#4285f4", 2, "emptyCircle", "dashed");
    ours("narthex heap", "#00838f", 2.5, "rect", "solid");
    ours("narthex chronicle", "#d9480f", 2.5, "triangle", "solid");
    ours("narthex redis", "#b5179e", 2.5, "diamond", "solid");
    ours("narthex redis-direct", "#7b2cbf", 2.5, "diamond", "dashed");
    peer(CLIENT_JAVA, "#3c4043", "emptyCircle", "solid");
    peer("Micrometer", "#8d7b68", "emptyRect", "solid");
    peer("Dropwizard", "#74865f", "emptyTriangle", "solid");
    peer("OpenTelemetry", "#8c7aa0", "emptyDiamond", "solid");
    peer("Agrona", "#5d8593", "rect", "solid");
    peer(LONG_ADDER, "#a07a6c", "triangle", "solid");
    peer("DoubleAdder", "#a07a6c", "emptyTriangle", "dashed");
    peer("atomic add", "#80868b", "diamond", "dotted");
    peer("plain add", "#80868b", "emptyCircle", "dotted");
    peer(STRINGS_ALONE, "#80868b", "emptyCircle", "dotted");
  }

  private static final Style UNKNOWN = new Style("#80868b", 1.5, "emptyRect", "dashed", 1);
  private static final List<String> NAMES = new ArrayList<>(STYLES.keySet());

  private Subjects() {}

  static Style style(final String subject) {
    return STYLES.getOrDefault(subject, UNKNOWN);
  }

  static boolean isOurs(final String subject) {
    return subject.startsWith("narthex");
  }

  /** Whether it belongs into a chart of ours and peers. */
  static boolean isBesidePeers(final String subject) {
    return !ONLY_BACKENDS.contains(subject);
  }

  private static int position(final String subject) {
    final int position = NAMES.indexOf(subject);
    return position < 0 ? NAMES.size() : position;
  }

  private static void ours(
      final String name,
      final String color,
      final double width,
      final String symbol,
      final String dash) {
    STYLES.put(name, new Style(color, width, symbol, dash, 1));
  }

  private static void peer(
      final String name, final String color, final String symbol, final String dash) {
    STYLES.put(name, new Style(color, 1.6, symbol, dash, 1));
  }
}
