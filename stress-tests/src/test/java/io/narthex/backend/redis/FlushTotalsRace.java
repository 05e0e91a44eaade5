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
import org.openjdk.jcstress.infra.results.LZ_Result;

/** Observations of a histogram in a buffer file against the courier. */
@JCStressTest
@Description(
    "A thread observes three values in two buckets while the courier tells what the file has"
        + " counted in all: a sum may be told that is of more observations than the buckets, or of"
        + " fewer.")
@Outcome(id = "2 1 0 of 2.75, false", expect = ACCEPTABLE, desc = "Each observation arrived once.")
@Outcome(id = ".*, true", expect = FORBIDDEN, desc = "Something is pending that has arrived.")
@Outcome(expect = FORBIDDEN, desc = "An observation is lost, or arrived twice, or in part.")
@State
public class FlushTotalsRace {
  private final RaceBuffer buffer = new RaceBuffer();
  private final Flushed flushed =
      new Flushed(buffer.one(MetricType.HISTOGRAM), buffer.labels(), new StoreOfOne(0, 3));

  /** Observes. */
  @Actor
  public void one() {
    final DistributionSlot histogram = (DistributionSlot) flushed.slot;
    histogram.observe(0, 0.5);
    histogram.observe(1, 2);
    histogram.observe(0, 0.25);
  }

  /** The courier, in two rounds. */
  @Actor
  public void other() {
    flushed.flush();
    flushed.flush();
  }

  /** One more round. */
  @Arbiter
  public void look(final LZ_Result r) {
    flushed.flush();
    r.r1 = flushed.store.text();
    r.r2 = flushed.isPending();
  }
}
