package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.LabelSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Insert against insert of one key. */
@JCStressTest
@Description("Two processes create the same series and count on it: one 1, the other 2.")
@Outcome(id = "3.0", expect = ACCEPTABLE, desc = "Both count on one series.")
@Outcome(
    id = {"1.0", "2.0"},
    expect = FORBIDDEN,
    desc = "Each has a series of its own, and a scrape shows only one of them.")
@Outcome(id = "hidden", expect = FORBIDDEN, desc = "Both created it, and there is none.")
@State
public class SameKeyInsertRace {
  private final RaceFile file = RaceFile.shared();
  private final LabelSet labels = Attached.labels(RaceFile.nextNumber());

  /** Creates the series in one process and counts 1. */
  @Actor
  public void one() {
    file.one.counter(file.one.counters.findOrCreate(labels, false)).add(1);
  }

  /** Creates the series in the other process and counts 2. */
  @Actor
  public void other() {
    file.other.counter(file.other.counters.findOrCreate(labels, false)).add(2);
  }

  /** Scrapes what a look-up finds afterwards. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownCounter(file.one.counters.find(labels));
  }
}
