package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** Removal of a gauge against setting it. */
@JCStressTest
@Description("A gauge stands at 5. One process removes it; the other one sets it to 7.")
@Outcome(id = "true, hidden", expect = ACCEPTABLE, desc = "The 7 was removed with the 5.")
@Outcome(id = "true, 7.0", expect = ACCEPTABLE, desc = "The 7 came after the removal.")
@Outcome(id = "false, .*", expect = FORBIDDEN, desc = "It had a value all the time until then.")
@Outcome(expect = FORBIDDEN, desc = "No order of the two explains it.")
@State
public class RemoveSetGaugeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.gauges.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Sets it to 5. */
  public RemoveSetGaugeRace() {
    file.one.gauge(offset).set(5);
  }

  /** Removes the series. */
  @Actor
  public void one(final ZL_Result r) {
    r.r1 = file.one.gauges.remove(offset, Liveness.nobody());
  }

  /** Sets it through a handle of another process. */
  @Actor
  public void other() {
    file.other.gauge(offset).set(7);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final ZL_Result r) {
    r.r2 = file.one.shownGauge(offset);
  }
}
