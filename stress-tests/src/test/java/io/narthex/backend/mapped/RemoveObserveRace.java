package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.DistributionSlot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Removal of a histogram against an observation. */
@JCStressTest
@Description(
    "A histogram has 2 in its first bucket. One process removes it and then observes 8 in the second"
        + " one; the other one observes 16 in the third.")
@Outcome(id = "0 1 0 of 8.0", expect = ACCEPTABLE, desc = "The 16 came before the removal.")
@Outcome(
    id = "0 1 0 of 24.0",
    expect = ACCEPTABLE_INTERESTING,
    desc = "The bucket of the 16 came before the removal, its value after it.")
@Outcome(id = "0 1 1 of 24.0", expect = ACCEPTABLE, desc = "The 16 came after the removal.")
@Outcome(
    id = "0 1 1 of 8.0",
    expect = FORBIDDEN,
    desc = "The removal took the value of the 16 without its count.")
@Outcome(
    id = {"hidden", ". 0 . of .*"},
    expect = FORBIDDEN,
    desc = "The 8 was observed when the removal had returned, and is lost.")
@Outcome(expect = FORBIDDEN, desc = "The removal returned, and what it removed is still shown.")
@State
public class RemoveObserveRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.histograms.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final DistributionSlot mine = file.one.histogram(offset);
  private final DistributionSlot others = file.other.histogram(offset);

  /** Observes 2. */
  public RemoveObserveRace() {
    mine.observe(0, 2);
  }

  /** Removes the series and observes again. */
  @Actor
  public void one() {
    file.one.histograms.remove(offset, Liveness.nobody());
    mine.observe(1, 8);
  }

  /** Observes through a handle of another process. */
  @Actor
  public void other() {
    others.observe(2, 16);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownHistogram(offset);
  }
}
