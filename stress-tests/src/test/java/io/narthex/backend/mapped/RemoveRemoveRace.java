package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Removal of a counter against another removal. */
@JCStressTest
@Description(
    "A counter stands at 100. Two processes remove it and are told whether it was there; a scrape"
        + " follows.")
@Outcome(
    id = {"true, false, hidden", "false, true, hidden"},
    expect = ACCEPTABLE,
    desc = "One of them removed it.")
@Outcome(id = "true, true, hidden", expect = FORBIDDEN, desc = "It was removed once, told twice.")
@Outcome(id = "false, false, .*", expect = FORBIDDEN, desc = "It was there, and nobody was told.")
@Outcome(
    id = ".*, .*, -?[0-9.]+",
    expect = FORBIDDEN,
    desc = "The removals returned, and the series is still shown.")
@State
public class RemoveRemoveRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Counts to 100. */
  public RemoveRemoveRace() {
    file.one.counter(offset).add(100);
  }

  /** Removes the series. */
  @Actor
  public void one(final LLL_Result r) {
    r.r1 = file.one.counters.remove(offset, Liveness.nobody());
  }

  /** Removes the series in another process. */
  @Actor
  public void other(final LLL_Result r) {
    r.r2 = file.other.counters.remove(offset, Liveness.nobody());
  }

  /** Scrapes. */
  @Arbiter
  public void look(final LLL_Result r) {
    r.r3 = file.one.shownCounter(offset);
  }
}
