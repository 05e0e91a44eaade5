package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.GaugeSlot;
import io.narthex.backend.MetricType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DZ_Result;

/** Setting a gauge against the courier. */
@JCStressTest
@Description(
    "Others have added 100 to a gauge. A thread sets it to 5 and adds 1 while the courier carries"
        + " what it finds.")
@Outcome(id = "6.0, false", expect = ACCEPTABLE, desc = "The 5 took the place of the 100.")
@Outcome(id = "106.0, .*", expect = FORBIDDEN, desc = "The 5 arrived as if it had been added.")
@Outcome(id = ".*, true", expect = FORBIDDEN, desc = "Something is pending that has arrived.")
@Outcome(expect = FORBIDDEN, desc = "The 1 is lost, or arrived twice.")
@State
public class FlushSetRace {
  private final Flushed flushed = new Flushed(MetricType.GAUGE, 100);

  /** Sets and adds. */
  @Actor
  public void one() {
    final GaugeSlot gauge = (GaugeSlot) flushed.slot;
    gauge.set(5);
    gauge.add(1);
  }

  /** The courier, in two rounds. */
  @Actor
  public void other() {
    flushed.flushClosely();
    flushed.flushClosely();
  }

  /** One more round. */
  @Arbiter
  public void look(final DZ_Result r) {
    flushed.flush();
    r.r1 = flushed.store.value();
    r.r2 = flushed.isPending();
  }
}
