package io.narthex.tools.history;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Readings of a service that is not there, moment after moment, the same for the same seed. */
final class Readings {
  private static final double[] ODD = {
    0.0, -0.0, 0.1, Double.NaN, Double.POSITIVE_INFINITY, -1e300, 0x1p53, 0x1p60, -7
  };

  private final Random random;
  private long millis = 1_700_000_000_000L;
  private List<ReadingFamily> families = new ArrayList<>();
  private int made;

  Readings(final long seed, final int metrics) {
    this.random = new Random(seed);
    for (int i = 0; i < metrics; i++) {
      families.add(family());
    }
  }

  /** The next moment: most numbers grow, some series and metrics come and go. */
  Reading next() {
    millis += 1000;
    final List<ReadingFamily> changed = new ArrayList<>();
    for (final ReadingFamily family : families) {
      if (random.nextInt(200) == 0) {
        continue;
      }
      final List<ReadingSeries> series = new ArrayList<>();
      for (final ReadingSeries one : family.series()) {
        final int dice = random.nextInt(100);
        if (dice == 0) {
          continue;
        }
        series.add(
            dice == 1
                ? series(family.descriptor(), one.labelText())
                : dice < 60 ? one : grown(one));
      }
      if (random.nextInt(10) == 0) {
        series.add(series(family.descriptor(), "n=\"" + made++ + "\",t=\"\\\"\\\\ü€🎉\\n\""));
      }
      changed.add(new ReadingFamily(family.descriptor(), series));
    }
    if (random.nextInt(50) == 0) {
      changed.add(family());
    }
    families = changed;
    return Reading.of(millis, families);
  }

  private ReadingSeries grown(final ReadingSeries one) {
    if (!one.isDistribution()) {
      final double value =
          random.nextInt(5) == 0
              ? ODD[random.nextInt(ODD.length)]
              : one.value() + random.nextInt(9);
      return ReadingSeries.of(one.labelText(), one.createdMillis(), value);
    }
    final long[] buckets = new long[one.bucketCount()];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = one.bucket(i) + (random.nextInt(3) == 0 ? random.nextInt(1000) : 0);
    }
    return ReadingSeries.ofDistribution(
        one.labelText(), one.createdMillis(), one.sum() + random.nextDouble(), buckets);
  }

  private ReadingFamily family() {
    final MetricType type = one(List.of(MetricType.values()));
    final FamilyDescriptor.Builder family =
        FamilyDescriptor.builder(type, "metric_" + made++ + "_seconds")
            .help(random.nextBoolean() ? "Hölp." : "")
            .unit(random.nextBoolean() ? "seconds" : "")
            .labelNames(List.of("n", "t"));
    switch (type) {
      case GAUGE -> family.gaugeMode(one(List.of(GaugeMode.values())));
      case HISTOGRAM -> family.bounds(-1, 0.1, 2.5, 1e300);
      case STATESET -> family.states(List.of("öpen", "closed"));
      default -> {}
    }
    final FamilyDescriptor descriptor = family.build();
    final List<ReadingSeries> series = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      series.add(series(descriptor, "n=\"" + i + "\",t=\"x\""));
    }
    return new ReadingFamily(descriptor, series);
  }

  private <T> T one(final List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private ReadingSeries series(final FamilyDescriptor family, final String labels) {
    final long created = millis - random.nextInt(100_000);
    return switch (family.type()) {
      case HISTOGRAM ->
          ReadingSeries.ofDistribution(labels, created, 0.5, new long[] {1, 0, 1L << 40, 0, 3});
      case SUMMARY -> ReadingSeries.ofDistribution(labels, created, -0.5, new long[] {3});
      default -> ReadingSeries.of(labels, created, random.nextInt(1000));
    };
  }

  /** Two readings as texts that tell everything, without metrics that have no series. */
  static String text(final Reading reading) {
    final StringBuilder out = new StringBuilder().append(reading.takenMillis()).append('\n');
    for (final ReadingFamily family : reading.families()) {
      for (final ReadingSeries series : family.series()) {
        out.append(family.descriptor())
            .append(family.descriptor().help())
            .append(' ')
            .append(series.createdMillis())
            .append(series)
            .append('\n');
      }
    }
    return out.toString();
  }
}
