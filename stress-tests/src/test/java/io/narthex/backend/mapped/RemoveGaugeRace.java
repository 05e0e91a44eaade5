package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Removal of a gauge against an update. */
@JCStressTest
@Description("A gauge stands at 5. One process removes it; the other one adds 1.")
@Outcome(id = "hidden", expect = ACCEPTABLE, desc = "The 1 came before the removal.")
@Outcome(id = "1.0", expect = ACCEPTABLE, desc = "The 1 came after the removal, from zero.")
@Outcome(
    id = {"5.0", "6.0"},
    expect = FORBIDDEN,
    desc = "The removal returned, and what it removed is still shown.")
@Outcome(id = "NaN", expect = FORBIDDEN, desc = "The mark of no value was taken for a number.")
@State
public class RemoveGaugeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.gauges.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Sets it to 5. */
  public RemoveGaugeRace() {
    file.one.gauge(offset).set(5);
  }

  /** Removes the series. */
  @Actor
  public void one() {
    file.one.gauges.remove(offset, Liveness.nobody());
  }

  /** Adds through a handle of another process. */
  @Actor
  public void other() {
    file.other.gauge(offset).add(1);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownGauge(offset);
  }
}
