package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.CounterSlot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The first amounts of a counter that are not whole, for which it takes a cell. */
@JCStressTest
@Description(
    "A counter has no cell for fractions. Two threads of one process add the first ones through one"
        + " handle, 0.5 and 0.25; the second of them adds 0.125 in another process, too.")
@Outcome(id = "0.875", expect = ACCEPTABLE, desc = "All are counted in one cell.")
@Outcome(
    expect = FORBIDDEN,
    desc = "More than one cell was taken, and only one of them is read; or a fraction got lost.")
@State
public class FirstFractionsRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final CounterSlot mine = file.one.counter(offset);
  private final CounterSlot others = file.other.counter(offset);

  /** Adds 0.5. */
  @Actor
  public void one() {
    mine.add(0.5);
  }

  /** Adds 0.25, and 0.125 through a handle of another process. */
  @Actor
  public void other() {
    mine.add(0.25);
    others.add(0.125);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownCounter(offset);
  }
}
