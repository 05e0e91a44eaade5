package io.narthex.backend;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.stress.harness.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Observations of a histogram against the page that a scrape writes. */
@JCStressTest
@Description(
    "One thread observes 4, 1.5 and 0.5, each in a bucket of its own, while another one writes the"
        + " page twice: each page is held to what had been observed when it was begun and ended.")
@Outcome(id = "right, right", expect = ACCEPTABLE, desc = "Both pages hold.")
@Outcome(
    id = {"the count is not that of .*, .*", ".*, the count is not that of .*"},
    expect = FORBIDDEN,
    desc = "Cells were loaded twice for one page.")
@Outcome(
    id = {"not cumulative, .*", ".*, not cumulative"},
    expect = FORBIDDEN,
    desc = "A bucket is smaller than one that it includes.")
@Outcome(
    id = {"lost, .*", ".*, lost"},
    expect = FORBIDDEN,
    desc = "An observation that had returned before the page was begun is not on it.")
@Outcome(
    id = {"invented, .*", ".*, invented"},
    expect = FORBIDDEN,
    desc = "There is more than had been begun when the page was done.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class HistogramPageRace {
  private static final double[] VALUES = {4, 1.5, 0.5};

  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());
  private final Histogram histogram = Histogram.builder("h").buckets(1, 2).register(registry);
  private volatile int begun;
  private volatile int finished;

  /** Observes. */
  @Actor
  public void one() {
    for (int i = 0; i < VALUES.length; i++) {
      begun = i + 1;
      histogram.observe(VALUES[i]);
      finished = i + 1;
    }
  }

  /** Scrapes twice. */
  @Actor
  public void other(final LL_Result r) {
    r.r1 = scrape();
    r.r2 = scrape();
  }

  private String scrape() {
    final int least = finished;
    final Page page = Page.of(registry);
    final int most = begun;
    final double upTo1 = page.value("h_bucket{le=\"1.0\"}");
    final double upTo2 = page.value("h_bucket{le=\"2.0\"}");
    final double all = page.value("h_bucket{le=\"+Inf\"}");
    final double sum = page.value("h_sum");
    if (page.value("h_count") != all) {
      return "the count is not that of the last bucket";
    }
    if (upTo1 > upTo2 || upTo2 > all) {
      return "not cumulative";
    }
    if (all < least || sum < sum(least)) {
      return "lost";
    }
    return all > most || sum > sum(most) ? "invented" : "right";
  }

  /** The sum of the first observations. */
  private static double sum(final int observations) {
    double sum = 0;
    for (int i = 0; i < observations; i++) {
      sum += VALUES[i];
    }
    return sum;
  }
}
