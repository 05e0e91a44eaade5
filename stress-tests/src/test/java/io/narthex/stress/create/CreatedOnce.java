package io.narthex.stress.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.Page;
import java.util.Map;

/**
 * That each of some workers counted once on each of the same series. What waited for more than a
 * second for the file to grow, as on a very busy machine, is in the overflow series; each of the
 * others is there once, and lacks no more than that.
 */
final class CreatedOnce {
  private CreatedOnce() {}

  static void check(final Page page, final String name, final int series, final int workers) {
    double overflowed = 0;
    int full = 0;
    for (final Map.Entry<String, Double> sample : page.samples().entrySet()) {
      if (!sample.getKey().startsWith(name + '{')) {
        continue;
      }
      if (sample.getKey().contains("__overflow__")) {
        overflowed += sample.getValue();
      } else {
        assertThat(sample.getValue()).as(sample.getKey()).isBetween(1.0, (double) workers);
        full += sample.getValue() == workers ? 1 : 0;
      }
    }
    System.out.printf("created once: %s: %d full, %.0f overflowed%n", name, full, overflowed);
    assertThat(page.sum(name)).as("all updates of %s", name).isEqualTo((double) workers * series);
    assertThat(full + overflowed).as(name).isGreaterThanOrEqualTo(series);
  }
}
