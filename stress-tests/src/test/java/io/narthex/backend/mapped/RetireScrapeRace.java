package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The fold of what a dead process left against scrapes. */
@JCStressTest
@Description(
    "A process left 5 to a sum and died. Another one takes over its row, for which it folds the 5,"
        + " and sets its own part to 1; a third one scrapes twice.")
@Outcome(
    id = {"5.0, 5.0", "6.0, 6.0"},
    expect = ACCEPTABLE,
    desc = "The 5 counts once; both readings came before the 1, or after it.")
@Outcome(
    id = "5.0, 6.0",
    expect = ACCEPTABLE_INTERESTING,
    desc = "The 5 counts once, and the 1 from some time on.")
@Outcome(id = ".*(10|11)\\.0.*", expect = FORBIDDEN, desc = "The 5 counted twice.")
@Outcome(
    id = {"(hidden|0.0|1.0), .*", ".*, (hidden|0.0|1.0)"},
    expect = FORBIDDEN,
    desc = "The 5 was gone for a moment.")
@Outcome(expect = FORBIDDEN, desc = "Anything else.")
@State
public class RetireScrapeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.sums.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Leaves a part of 5. */
  public RetireScrapeRace() {
    file.other.leavePart(offset, 5);
  }

  /** Takes the row's part over. */
  @Actor
  public void one() {
    file.other.part(offset).set(1);
  }

  /** Scrapes twice. */
  @Actor
  public void other(final LL_Result r) {
    r.r1 = file.one.shownSum(offset);
    r.r2 = file.one.shownSum(offset);
  }
}
