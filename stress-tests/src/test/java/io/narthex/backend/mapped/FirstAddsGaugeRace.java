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

/** The first two additions to a gauge that has no value. */
@JCStressTest
@Description("A gauge has no value. One process adds 1, the other one 2.")
@Outcome(
    id = "3.0",
    expect = ACCEPTABLE,
    desc = "One of them began from zero, the other from that.")
@Outcome(
    id = {"1.0", "2.0"},
    expect = FORBIDDEN,
    desc = "Both began from zero: one is lost.")
@Outcome(id = "NaN", expect = FORBIDDEN, desc = "The mark of no value was taken for a number.")
@Outcome(expect = FORBIDDEN, desc = "No order of the two explains it.")
@State
public class FirstAddsGaugeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.gauges.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Takes its zero away. */
  public FirstAddsGaugeRace() {
    file.one.gauge(offset).unset();
  }

  /** Adds in one process. */
  @Actor
  public void one() {
    file.one.gauge(offset).add(1);
  }

  /** Adds in the other process. */
  @Actor
  public void other() {
    file.other.gauge(offset).add(2);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownGauge(offset);
  }
}
