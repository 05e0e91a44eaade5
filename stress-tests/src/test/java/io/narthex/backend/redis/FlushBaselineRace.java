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
import org.openjdk.jcstress.infra.results.DD_Result;

/** Removal of a counter in a buffer file, and an addition after it, against the courier. */
@JCStressTest
@Description(
    "A counter stands at 10, which is still to be carried. A thread removes it and then adds 1,"
        + " while the courier tells what the file, which knows of no removal, has counted in all."
        + " Others have counted 100.")
@Outcome(
    id = "1.0, 1.0",
    expect = ACCEPTABLE,
    desc = "Store and value begin with the removal; the 1 came after it.")
@Outcome(id = "0.0, .*", expect = FORBIDDEN, desc = "The 1 was taken for removed.")
@Outcome(id = "11.0, .*", expect = FORBIDDEN, desc = "What was removed was told again.")
@Outcome(expect = FORBIDDEN, desc = "The removal returned, and what it removed is still there.")
@State
public class FlushBaselineRace {
  private final RaceBuffer buffer = new RaceBuffer();
  private final Flushed flushed =
      new Flushed(buffer.one(MetricType.COUNTER), buffer.labels(), new StoreOfOne(100, 1));
  private final CounterSlot counter = (CounterSlot) flushed.slot;

  /** Counts to 10. */
  public FlushBaselineRace() {
    counter.add(10);
  }

  /** Removes the series and counts again. */
  @Actor
  public void one() {
    flushed.family.remove(buffer.labels());
    counter.add(1);
  }

  /** The courier, in two rounds. */
  @Actor
  public void other() {
    flushed.flush();
    flushed.flush();
  }

  /** One more round. */
  @Arbiter
  public void look(final DD_Result r) {
    flushed.flush();
    r.r1 = flushed.store.value();
    r.r2 = counter.value();
  }
}
