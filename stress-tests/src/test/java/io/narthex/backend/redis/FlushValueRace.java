package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.GaugeSlot;
import io.narthex.backend.MetricType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;

/** The value of a gauge that was set, as the process shows it, against the courier. */
@JCStressTest
@Description(
    "Others have added 100 to a gauge, as this process has read. A thread sets it to 5 and asks for"
        + " the value while the courier carries what it finds.")
@Outcome(id = "5.0", expect = ACCEPTABLE, desc = "The 5 took the place of the 100.")
@Outcome(
    id = "105.0",
    expect = FORBIDDEN,
    desc = "The 5 is taken for an addition, for as long as the courier is at it.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class FlushValueRace {
  private final Flushed flushed = new Flushed(MetricType.GAUGE, 100);

  /** Has what others have added read. */
  public FlushValueRace() {
    flushed.flush();
    flushed.load();
    ((RedisGaugeSlot) flushed.slot).series().touch();
  }

  /** Sets and reads. */
  @Actor
  public void one(final D_Result r) {
    final GaugeSlot gauge = (GaugeSlot) flushed.slot;
    gauge.set(5);
    r.r1 = gauge.value();
  }

  /** The courier, in two rounds. */
  @Actor
  public void other() {
    flushed.flush();
    flushed.flush();
  }
}
