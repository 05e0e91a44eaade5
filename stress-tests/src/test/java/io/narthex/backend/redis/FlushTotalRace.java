package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.mapped.RaceBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DZ_Result;

/** Additions to a counter in a buffer file against the courier. */
@JCStressTest
@Description(
    "A thread adds 1, 0.5 and 2 to a counter while the courier tells what the file has counted in"
        + " all to a store in which others have counted 100.")
@Outcome(id = "103.5, false", expect = ACCEPTABLE, desc = "Each amount arrived once.")
@Outcome(id = ".*, true", expect = FORBIDDEN, desc = "Something is pending that has arrived.")
@Outcome(expect = FORBIDDEN, desc = "An amount is lost, or arrived twice.")
@State
public class FlushTotalRace {
  private final RaceBuffer buffer = new RaceBuffer();
  private final Flushed flushed =
      new Flushed(buffer.one(MetricType.COUNTER), buffer.labels(), new StoreOfOne(100, 1));

  /** Adds. */
  @Actor
  public void one() {
    final CounterSlot counter = (CounterSlot) flushed.slot;
    counter.add(1);
    counter.add(0.5);
    counter.add(2);
  }

  /** The courier, in two rounds. */
  @Actor
  public void other() {
    flushed.flush();
    flushed.flush();
  }

  /** One more round. */
  @Arbiter
  public void look(final DZ_Result r) {
    flushed.flush();
    r.r1 = flushed.store.value();
    r.r2 = flushed.isPending();
  }
}
