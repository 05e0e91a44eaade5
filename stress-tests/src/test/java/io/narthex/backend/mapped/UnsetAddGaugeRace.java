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

/** Unsetting a gauge against adding to it. */
@JCStressTest
@Description("A gauge stands at 5. One process takes its value away; the other one adds 1.")
@Outcome(id = "hidden", expect = ACCEPTABLE, desc = "The 1 was taken away with the 5.")
@Outcome(id = "1.0", expect = ACCEPTABLE, desc = "The 1 came afterwards, from zero.")
@Outcome(
    id = "6.0",
    expect = FORBIDDEN,
    desc = "The 5 came back: it was read before, stored after.")
@Outcome(expect = FORBIDDEN, desc = "No order of the two explains it.")
@State
public class UnsetAddGaugeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.gauges.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Sets it to 5. */
  public UnsetAddGaugeRace() {
    file.one.gauge(offset).set(5);
  }

  /** Takes the value away in one process. */
  @Actor
  public void one() {
    file.one.gauge(offset).unset();
  }

  /** Adds in the other process. */
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
