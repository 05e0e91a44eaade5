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

/** Removal of a counter against an update. */
@JCStressTest
@Description(
    "A counter stands at 100. One process removes it and then adds 1; the other one adds 10.")
@Outcome(id = "1.0", expect = ACCEPTABLE, desc = "The 10 came before the removal, or with it.")
@Outcome(id = "11.0", expect = ACCEPTABLE, desc = "The 10 came after the removal.")
@Outcome(
    id = {"hidden", "10.0"},
    expect = FORBIDDEN,
    desc = "The 1 was added when the removal had returned, and is lost.")
@Outcome(
    id = {"101.0", "111.0"},
    expect = FORBIDDEN,
    desc = "The removal returned, and what it removed is still shown.")
@State
public class RemoveAddRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final CounterSlot mine = file.one.counter(offset);
  private final CounterSlot others = file.other.counter(offset);

  /** Counts to 100. */
  public RemoveAddRace() {
    mine.add(100);
  }

  /** Removes the series and counts again. */
  @Actor
  public void one() {
    file.one.counters.remove(offset, Liveness.nobody());
    mine.add(1);
  }

  /** Counts through a handle of another process. */
  @Actor
  public void other() {
    others.add(10);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownCounter(offset);
  }
}
