package io.narthex.backend;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DJ_Result;

/** Removal of series against readings of their values, on the heap. */
@JCStressTest
@Description(
    "A counter stands at 1.5, which is in two cells, and a histogram has two observations in two"
        + " buckets. One thread removes them, while another one asks for value and count.")
@Outcome(
    id = {"1.5, 2", "0.0, 0"},
    expect = ACCEPTABLE,
    desc = "Both readings came before the removals, or after them.")
@Outcome(
    id = {"1.5, 0", "0.0, 2"},
    expect = ACCEPTABLE_INTERESTING,
    desc = "Each reading came before the removal, or after it.")
@Outcome(expect = FORBIDDEN, desc = "A reading shows half of a removal.")
@State
public class RemoveValueRace {
  private final HeapFamily counters = family(MetricType.COUNTER, "c");
  private final HeapFamily histograms = family(MetricType.HISTOGRAM, "h", 1);
  private final CounterSlot counter = (CounterSlot) counters.slot(LabelSet.EMPTY);
  private final DistributionSlot histogram = (DistributionSlot) histograms.slot(LabelSet.EMPTY);

  /** Counts. */
  public RemoveValueRace() {
    counter.add(1);
    counter.add(0.5);
    histogram.observe(0, 1);
    histogram.observe(1, 2);
  }

  private static HeapFamily family(
      final MetricType type, final String name, final double... bounds) {
    return new HeapFamily(
        FamilyDescriptor.builder(type, name).bounds(bounds).build(), new HeapCells());
  }

  /** Removes both. */
  @Actor
  public void one() {
    counters.remove(LabelSet.EMPTY);
    histograms.remove(LabelSet.EMPTY);
  }

  /** Reads both. */
  @Actor
  public void other(final DJ_Result r) {
    r.r1 = counter.value();
    r.r2 = histogram.count();
  }
}
