package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.DistributionSlot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Observations of a histogram against scrapes. */
@JCStressTest
@Description(
    "One process observes three values, one in each bucket, while another one scrapes twice: each"
        + " reading is held to what had been observed before it began and when it ended.")
@Outcome(id = "right, right", expect = ACCEPTABLE, desc = "Both readings hold.")
@Outcome(
    id = {
      "the count is not the sum of the buckets, .*",
      ".*, the count is not the sum of the buckets"
    },
    expect = FORBIDDEN,
    desc = "Cells were loaded twice for one reading.")
@Outcome(
    id = {"lost, .*", ".*, lost"},
    expect = FORBIDDEN,
    desc = "An observation that had returned before the scrape began is not in it.")
@Outcome(
    id = {"invented, .*", ".*, invented"},
    expect = FORBIDDEN,
    desc = "There is more than had been begun when the scrape ended.")
@Outcome(
    id = ".*, went back",
    expect = FORBIDDEN,
    desc = "A bucket is smaller than a scrape before it showed.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class ObserveScrapeRace {
  private static final int BUCKETS = 3;

  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.histograms.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final DistributionSlot histogram = file.one.histogram(offset);
  private final long[] last = new long[BUCKETS];
  private volatile int begun;
  private volatile int finished;

  /** Observes 1, 2 and 4. */
  @Actor
  public void one() {
    for (int i = 0; i < BUCKETS; i++) {
      begun = i + 1;
      histogram.observe(BUCKETS - 1 - i, 1 << i);
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
    final SeriesCursor shown = file.other.readHistogram(offset);
    final int most = begun;
    long count = 0;
    for (int b = 0; b < BUCKETS; b++) {
      if (shown.bucket(b) < last[b]) {
        return "went back";
      }
      last[b] = shown.bucket(b);
      count += last[b];
    }
    if (count != shown.count()) {
      return "the count is not the sum of the buckets";
    }
    if (count < least || shown.sum() < sum(least)) {
      return "lost";
    }
    return count > most || shown.sum() > sum(most) ? "invented" : "right";
  }

  /** The sum of the first observations. */
  private static int sum(final int observations) {
    return (1 << observations) - 1;
  }
}
