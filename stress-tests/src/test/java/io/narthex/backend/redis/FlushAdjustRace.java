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

/** Additions to a gauge against the courier. */
@JCStressTest
@Description(
    "A thread adds 1, -3 and 0.5 to a gauge while the courier carries what it finds to a store to"
        + " which others have added 100.")
@Outcome(id = "98.5, false", expect = ACCEPTABLE, desc = "Each amount arrived once.")
@Outcome(id = ".*, true", expect = FORBIDDEN, desc = "Something is pending that has arrived.")
@Outcome(expect = FORBIDDEN, desc = "An amount is lost, or arrived twice, or took others' place.")
@State
public class FlushAdjustRace {
  private final Flushed flushed = new Flushed(MetricType.GAUGE, 100);

  /** Adds. */
  @Actor
  public void one() {
    final GaugeSlot gauge = (GaugeSlot) flushed.slot;
    gauge.add(1);
    gauge.add(-3);
    gauge.add(0.5);
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
