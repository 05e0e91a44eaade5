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

/** Removal of a counter against its first amounts that are not whole, for which it takes a cell. */
@JCStressTest
@Description(
    "A counter stands at 100 and has no cell for fractions. One process removes it and then adds"
        + " 0.5; the other one adds 0.25.")
@Outcome(id = "0.5", expect = ACCEPTABLE, desc = "The 0.25 came before the removal, or with it.")
@Outcome(id = "0.75", expect = ACCEPTABLE, desc = "The 0.25 came after the removal.")
@Outcome(
    id = {"hidden", "0.25"},
    expect = FORBIDDEN,
    desc = "The 0.5 is lost: two cells were taken, and only one is read.")
@Outcome(
    id = {"100.5", "100.75"},
    expect = FORBIDDEN,
    desc = "The removal returned, and what it removed is still shown.")
@State
public class RemoveFirstFractionRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final CounterSlot mine = file.one.counter(offset);
  private final CounterSlot others = file.other.counter(offset);

  /** Counts to 100. */
  public RemoveFirstFractionRace() {
    mine.add(100);
  }

  /** Removes the series and adds a fraction. */
  @Actor
  public void one() {
    file.one.counters.remove(offset, Liveness.nobody());
    mine.add(0.5);
  }

  /** Adds a fraction through a handle of another process. */
  @Actor
  public void other() {
    others.add(0.25);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownCounter(offset);
  }
}
