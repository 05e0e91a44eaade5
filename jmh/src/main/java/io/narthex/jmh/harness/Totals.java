package io.narthex.jmh.harness;

import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.HashMap;
import java.util.Map;

/** What a registry shows now: of each metric the sum of its series' values. */
final class Totals implements SeriesVisitor<RuntimeException> {
  private final Map<String, Double> byName = new HashMap<>();
  private String current;

  private Totals() {}

  /** Reads the counters, by their names without {@code _total}, and the gauges. */
  static Map<String, Double> of(final MetricRegistry registry) {
    final Totals totals = new Totals();
    registry.visit(totals);
    return totals.byName;
  }

  @Override
  public boolean family(final FamilyDescriptor family) {
    current = family.name();
    return family.type() == MetricType.COUNTER || family.type() == MetricType.GAUGE;
  }

  @Override
  public void series(final Series series) {
    byName.merge(current, series.value(), Double::sum);
  }
}
