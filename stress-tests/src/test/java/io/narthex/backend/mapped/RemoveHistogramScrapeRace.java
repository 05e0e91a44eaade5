package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.DistributionSlot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Removal of a histogram against a scrape. */
@JCStressTest
@Description(
    "A histogram has an observation in its first and its last bucket. One process removes it and"
        + " then observes 8 in the middle one, while another one scrapes.")
@Outcome(
    id = "1 0 1 of 6.0 before",
    expect = ACCEPTABLE,
    desc = "The scrape came before the removal.")
@Outcome(
    id = "hidden",
    expect = ACCEPTABLE_INTERESTING,
    desc = "It came between the removal and the observation.")
@Outcome(
    id = {"0 1 0 of 0.0 since", "0 1 0 of 8.0 since"},
    expect = ACCEPTABLE,
    desc = "It came after the observation was in its bucket, or in the sum too.")
@Outcome(
    expect = FORBIDDEN,
    desc = "Cells and baseline do not belong together, or the created time tells another life.")
@State
public class RemoveHistogramScrapeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.histograms.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final DistributionSlot histogram = file.one.histogram(offset);
  private final long created = file.one.readHistogram(offset).createdMillis();

  /** Observes 2 and 4. */
  public RemoveHistogramScrapeRace() {
    histogram.observe(0, 2);
    histogram.observe(2, 4);
  }

  /** Removes the series and observes again. */
  @Actor
  public void one() {
    file.one.histograms.remove(offset, Liveness.nobody());
    histogram.observe(1, 8);
  }

  /** Scrapes. */
  @Actor
  public void other(final L_Result r) {
    final SeriesCursor shown = file.other.readHistogram(offset);
    r.r1 =
        shown == null
            ? "hidden"
            : Attached.text(shown) + (shown.createdMillis() == created ? " before" : " since");
  }
}
