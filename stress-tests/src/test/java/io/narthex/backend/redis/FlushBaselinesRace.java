package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.mapped.RaceBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** Removal of a histogram in a buffer file, and an observation after it, against the courier. */
@JCStressTest
@Description(
    "A histogram holds an observation of 8, which is still to be carried. A thread removes it and"
        + " then observes 2, while the courier tells what the file, which knows of no removal, has"
        + " counted in all.")
@Outcome(
    id = "0 1 0 of 2.0, 1",
    expect = ACCEPTABLE,
    desc = "Store and count begin with the removal; the 2 came after it.")
@Outcome(id = "0 0 0 .*, .*", expect = FORBIDDEN, desc = "The 2 was taken for removed.")
@Outcome(expect = FORBIDDEN, desc = "What was removed is still there, or was told again.")
@State
public class FlushBaselinesRace {
  private final RaceBuffer buffer = new RaceBuffer();
  private final Flushed flushed =
      new Flushed(buffer.one(MetricType.HISTOGRAM), buffer.labels(), new StoreOfOne(0, 3));
  private final DistributionSlot histogram = (DistributionSlot) flushed.slot;

  /** Observes 8. */
  public FlushBaselinesRace() {
    histogram.observe(2, 8);
  }

  /** Removes the series and observes again. */
  @Actor
  public void one() {
    flushed.family.remove(buffer.labels());
    histogram.observe(1, 2);
  }

  /** The courier, in two rounds. */
  @Actor
  public void other() {
    flushed.flush();
    flushed.flush();
  }

  /** One more round. */
  @Arbiter
  public void look(final LJ_Result r) {
    flushed.flush();
    r.r1 = flushed.store.text();
    r.r2 = histogram.count();
  }
}
