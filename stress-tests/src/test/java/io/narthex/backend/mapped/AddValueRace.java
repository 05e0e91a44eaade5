package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.CounterSlot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;

/** Whole and fractional amounts of a counter against readings of its value. */
@JCStressTest
@Description(
    "One process adds 1 and then 0.5, while another one asks for the value twice. Whole amounts are"
        + " read first, so that a reading may have the 0.5 alone: a sum is not one moment.")
@Outcome(
    id = {"0.0, 0.0", "1.5, 1.5"},
    expect = ACCEPTABLE,
    desc = "Both readings came before, or after.")
@Outcome(
    id = {"0.0, (0.5|1.0|1.5)", "1.0, (1.0|1.5)"},
    expect = ACCEPTABLE_INTERESTING,
    desc = "Each amount is there from some time on.")
@Outcome(
    id = "0.5, 1.5",
    expect = ACCEPTABLE_INTERESTING,
    desc = "Both amounts came during the first reading, which saw only the second of them.")
@Outcome(expect = FORBIDDEN, desc = "An amount was there and went, or is there in part, or twice.")
@State
public class AddValueRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final CounterSlot mine = file.one.counter(offset);
  private final CounterSlot others = file.other.counter(offset);

  /** Adds. */
  @Actor
  public void one() {
    mine.add(1);
    mine.add(0.5);
  }

  /** Reads through a handle of another process. */
  @Actor
  public void other(final DD_Result r) {
    r.r1 = others.value();
    r.r2 = others.value();
  }
}
