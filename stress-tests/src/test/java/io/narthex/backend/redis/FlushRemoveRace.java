package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;

/** Removal of a counter, and an addition after it, against the courier. */
@JCStressTest
@Description(
    "A counter stands at 10, which is still to be carried. A thread removes it and then adds 1,"
        + " while the courier carries what it finds to a store in which others have counted 100.")
@Outcome(
    id = "1.0, 1.0",
    expect = ACCEPTABLE,
    desc = "Store and value begin with the removal; the 1 came after it.")
@Outcome(id = "0.0, .*", expect = FORBIDDEN, desc = "The 1 was carried before the removal.")
@Outcome(expect = FORBIDDEN, desc = "The removal returned, and what it removed is still there.")
@State
public class FlushRemoveRace {
  private final Flushed flushed = new Flushed(MetricType.COUNTER, 100);
  private final CounterSlot counter = (CounterSlot) flushed.slot;

  /** Counts to 10. */
  public FlushRemoveRace() {
    counter.add(10);
  }

  /** Removes the series and counts again. */
  @Actor
  public void one() {
    flushed.family.remove(LabelSet.EMPTY);
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
