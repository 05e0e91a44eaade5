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

/** The fold of what a dead process left against a removal. */
@JCStressTest
@Description(
    "A process left 5 to a sum and died. Another one takes over its row, for which it folds the 5,"
        + " and sets its own part to 1; a third one removes the series.")
@Outcome(id = "true, hidden", expect = ACCEPTABLE, desc = "The 1 was removed with the 5.")
@Outcome(id = "true, 1.0", expect = ACCEPTABLE, desc = "The 1 came after the removal.")
@Outcome(
    id = ".*, (5.0|6.0)",
    expect = FORBIDDEN,
    desc = "The removal returned, and the fold brought back what it removed.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class RetireRemoveRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.sums.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Leaves a part of 5. */
  public RetireRemoveRace() {
    file.other.leavePart(offset, 5);
  }

  /** Takes the row's part over. */
  @Actor
  public void one() {
    file.other.part(offset).set(1);
  }

  /** Removes the series. */
  @Actor
  public void other(final ZL_Result r) {
    r.r1 = file.one.sums.remove(offset, Liveness.nobody());
  }

  /** Scrapes. */
  @Arbiter
  public void look(final ZL_Result r) {
    r.r2 = file.one.shownSum(offset);
  }
}
