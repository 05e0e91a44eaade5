package io.narthex.tools.top;

import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Sparkline;
import java.util.Locale;

/**
 * The columns of the table, as many as a line has room for. The series, which may be of any length,
 * is the last one.
 *
 * @param quantiles whether there are p50 and p99
 * @param spark how wide the sparkline is; 0: none
 * @param series how wide the last column is
 */
record Columns(boolean quantiles, int spark, int series) {
  /** With fewer there is no room for names. */
  static final int WIDTH_MIN = 40;

  private static final int RATE_AND_VALUE = 25;
  private static final int QUANTILES = 20;
  private static final int SPARK_MIN = 10;
  private static final int SPARK_MAX = 30;
  private static final int NAME = 40;
  private static final String ELISION = "..";

  static Columns of(final int width) {
    final int rest = width - RATE_AND_VALUE - NAME; // less than nothing on a narrow one
    final boolean quantiles = rest >= QUANTILES + SPARK_MIN + 2;
    final int free = quantiles ? rest - QUANTILES : rest;
    // Of more room names get most: it is by their labels that series differ.
    final int spark =
        free < SPARK_MIN + 2 ? 0 : Math.min(SPARK_MAX, SPARK_MIN + (free - SPARK_MIN - 2) / 5);
    final int series =
        width - RATE_AND_VALUE - (quantiles ? QUANTILES : 0) - (spark > 0 ? spark + 2 : 0);
    return new Columns(quantiles, spark, series);
  }

  /** For lines that nobody cuts off. */
  static Columns plain() {
    return new Columns(true, 0, Integer.MAX_VALUE);
  }

  String header() {
    return line("RATE/S", "VALUE", "P50", "P99", "", "SERIES");
  }

  String row(final Track track, final Sparkline sparkline) {
    final double[] recent = track.recent(spark);
    return line(
        Numbers.rate(track.rate()),
        track.valueText(),
        quantiles ? track.quantileText(0.5) : "",
        quantiles ? track.quantileText(0.99) : "",
        track.isFromZero() ? sparkline.fromZero(recent) : sparkline.fromLeast(recent),
        name(track));
  }

  /**
   * What has no room is left out between the beginning, of which there are many alike, and the end.
   */
  private String name(final Track track) {
    if (track.name().length() <= series) {
      return track.name();
    }
    final String name = track.shortName();
    if (name.length() <= series) {
      return name;
    }
    final int head = (series - ELISION.length()) / 3;
    final int tail = series - ELISION.length() - head;
    return name.substring(0, head) + ELISION + name.substring(name.length() - tail);
  }

  private String line(
      final String rate,
      final String value,
      final String p50,
      final String p99,
      final String drawn,
      final String series) {
    final StringBuilder out = new StringBuilder();
    out.append(String.format(Locale.ROOT, "%10s %13s ", rate, value));
    if (quantiles) {
      out.append(String.format(Locale.ROOT, "%9s %9s ", p50, p99));
    }
    if (spark > 0) {
      out.append(drawn).append(" ".repeat(spark - drawn.length())).append("  ");
    }
    return out.append(series).toString();
  }
}
