package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.Backend;
import io.narthex.backend.CapContract;
import io.narthex.backend.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mapped file keeps to each opener's cap. */
final class MappedCapTest extends CapContract {
  @TempDir private Path directory;
  private int files;

  @Override
  protected Backend create(final int maxSeriesPerMetric) {
    return open("cap" + files++ + ".nx", maxSeriesPerMetric);
  }

  private MappedBackend open(final String name, final int maxSeriesPerMetric) {
    return MappedBackend.builder(directory.resolve(name))
        .maxSeriesPerMetric(maxSeriesPerMetric)
        .open();
  }

  private static Counter jobs(final MetricRegistry registry) {
    return Counter.builder("jobs").labelNames("l").register(registry);
  }

  @Test
  void shouldCountWhatOthersMadeTowardsEachOwnCap() {
    try (MetricRegistry narrow = MetricRegistry.create(open("shared.nx", 2));
        MetricRegistry wide = MetricRegistry.create(open("shared.nx", 3));
        MetricRegistry open =
            MetricRegistry.create(MappedBackend.open(directory.resolve("shared.nx")))) {
      jobs(open).labelValues("a").inc();
      jobs(open).labelValues("b").inc();
      jobs(narrow).labelValues("c").inc(); // overflows
      jobs(wide).labelValues("c").inc();
      jobs(wide).labelValues("d").inc(); // overflows
      jobs(open).labelValues("d").inc();
      jobs(narrow).labelValues("d").inc();
      final Seen seen = Seen.of(narrow::visit);
      assertThat(seen.labels("jobs")).hasSize(5);
      assertThat(seen.value("jobs", "l=\"__overflow__\"")).isEqualTo(2);
      assertThat(seen.value("jobs", "l=\"d\"")).isEqualTo(2);
    }
  }

  @Test
  void shouldGiveSeriesItsOwnWhenFileIsOpenedWithHigherCap() {
    try (MetricRegistry registry = MetricRegistry.create(open("again.nx", 1))) {
      jobs(registry).labelValues("a").inc();
      jobs(registry).labelValues("b").inc();
    }
    try (MetricRegistry registry = MetricRegistry.create(open("again.nx", 2))) {
      jobs(registry).labelValues("b").inc();
      jobs(registry).labelValues("c").inc();
      final Seen seen = Seen.of(registry::visit);
      assertThat(seen.value("jobs", "l=\"b\"")).isEqualTo(1);
      assertThat(seen.value("jobs", "l=\"__overflow__\"")).isEqualTo(2);
    }
  }
}
