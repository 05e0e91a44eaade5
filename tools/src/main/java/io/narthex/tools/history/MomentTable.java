package io.narthex.tools.history;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Columns;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Quantiles;
import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.util.Arrays;

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
    final Columns columns = new Columns(">VALUE", ">P50", ">P99", "SERIES");
    for (final ReadingFamily family : reading.families()) {
      for (final ReadingSeries series : family.series()) {
        columns.add(
            ValueText.of(
                family.descriptor(),
                series.isDistribution() ? (double) series.count() : series.value()),
            quantile(family.descriptor(), series, 0.5),
            quantile(family.descriptor(), series, 0.99),
            Printable.of(SeriesFilter.name(family, series)));
      }
    }
    columns.print(out);
  }

  private static String quantile(
      final FamilyDescriptor family, final ReadingSeries series, final double q) {
    if (family.boundCount() == 0) {
      return ValueText.NONE;
    }
    final double[] bounds = new double[family.boundCount()];
    Arrays.setAll(bounds, family::bound);
    final long[] counts = new long[series.bucketCount()];
    Arrays.setAll(counts, series::bucket);
    return Units.measured(family.name(), Quantiles.estimate(q, bounds, counts));
  }
}
