package io.narthex.tools.history;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as comma-separated values, a line for each number; of distributions count and sum. */
final class MomentsCsv {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PrintWriter out;

  MomentsCsv(final PrintWriter out) {
    this.out = out;
    out.print("time,name,labels,value\r\n");
  }

  void write(final Reading reading) {
    final String time = TIME.format(Instant.ofEpochMilli(reading.takenMillis()));
    for (final ReadingFamily family : reading.families()) {
      final String name = family.shownName();
      for (final ReadingSeries series : family.series()) {
        if (series.isDistribution()) {
          line(time, name + "_count", series.labelText(), Long.toString(series.count()));
          line(time, name + "_sum", series.labelText(), number(series.sum()));
        } else {
          line(time, name, series.labelText(), number(series.value()));
        }
      }
    }
  }

  private static String number(final double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    final boolean isWhole = value == Math.rint(value) && Math.abs(value) < 0x1p53;
    return isWhole && !(value == 0 && 1 / value < 0)
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private void line(final String time, final String name, final String labels, final String value) {
    out.print(time);
    out.print(',');
    out.print(name);
    out.print(',');
    out.print(labels.isEmpty() ? "" : '"' + labels.replace("\"", "\"\"") + '"');
    out.print(',');
    out.print(value);
    out.print("\r\n");
  }
}
