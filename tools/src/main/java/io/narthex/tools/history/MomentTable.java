package io.narthex.tools.history;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Quantiles;
import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/** A table of what was so at one moment. */
final class MomentTable {
  private MomentTable() {}

  static void write(final Reading reading, final PrintWriter out) {
    out.println(
        When.shown(reading.takenMillis())
            + ", "
            + Numbers.count(reading.seriesCount())
            + " series");
    out.println();
    line(out, "VALUE", "P50", "P99", "SERIES");
    for (final ReadingFamily family : reading.families()) {
      for (final ReadingSeries series : family.series()) {
        line(
            out,
            value(family.descriptor(), series),
            quantile(family.descriptor(), series, 0.5),
            quantile(family.descriptor(), series, 0.99),
            Printable.of(SeriesFilter.name(family, series)));
      }
    }
  }

  private static String value(final FamilyDescriptor family, final ReadingSeries series) {
    return switch (family.type()) {
      case HISTOGRAM, SUMMARY -> Numbers.count(series.count());
      case STATESET -> {
        final int state = (int) series.value();
        yield state < 1 || state > family.states().size()
            ? "-"
            : Printable.of(family.states().get(state - 1));
      }
      default -> Numbers.value(series.value());
    };
  }

  private static String quantile(
      final FamilyDescriptor family, final ReadingSeries series, final double q) {
    if (family.boundCount() == 0) {
      return "-";
    }
    final double[] bounds = new double[family.boundCount()];
    Arrays.setAll(bounds, family::bound);
    final long[] counts = new long[series.bucketCount()];
    Arrays.setAll(counts, series::bucket);
    return Units.measured(family.name(), Quantiles.estimate(q, bounds, counts));
  }

  private static void line(
      final PrintWriter out,
      final String value,
      final String p50,
      final String p99,
      final String series) {
    out.printf(Locale.ROOT, "%13s %9s %9s  %s%n", value, p50, p99, series);
  }
}
