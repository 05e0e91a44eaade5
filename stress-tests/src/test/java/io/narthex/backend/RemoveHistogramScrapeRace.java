package io.narthex.backend;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Removal of a histogram against a scrape, on the heap. */
@JCStressTest
@Description(
    "A histogram has an observation in its first and its last bucket. One thread removes it and then"
        + " observes 8 in the middle one, while another one scrapes.")
@Outcome(
    id = "1 0 1 of 6.0 before",
    expect = ACCEPTABLE,
    desc = "The scrape came before the removal.")
@Outcome(
    id = "hidden",
    expect = ACCEPTABLE_INTERESTING,
    desc = "It came during the removal, or between it and the observation.")
@Outcome(
    id = {"0 1 0 of 0.0 since", "0 1 0 of 8.0 since"},
    expect = ACCEPTABLE,
    desc = "It came after the observation was in its bucket, or in the sum too.")
@Outcome(
    expect = FORBIDDEN,
    desc = "A half of the removal is shown, or the created time tells another life.")
@State
public class RemoveHistogramScrapeRace {
  private final HeapFamily family =
      new HeapFamily(
          FamilyDescriptor.builder(MetricType.HISTOGRAM, "h").bounds(1, 2).build(),
          new HeapCells());
  private final DistributionSlot histogram = (DistributionSlot) family.slot(LabelSet.EMPTY);
  private final long created = Shown.of(family).createdMillis;

  /** Observes 2 and 4. */
  public RemoveHistogramScrapeRace() {
    histogram.observe(0, 2);
    histogram.observe(2, 4);
  }

  /** Removes the series and observes again. */
  @Actor
  public void one() {
    family.remove(LabelSet.EMPTY);
    histogram.observe(1, 8);
  }

  /** Scrapes. */
  @Actor
  public void other(final L_Result r) {
    final Shown shown = Shown.of(family);
    r.r1 =
        shown.createdMillis == 0
            ? shown.text
            : shown.text + (shown.createdMillis == created ? " before" : " since");
  }
}
