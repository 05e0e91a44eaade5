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

/** Insert against growth of the index. */
@JCStressTest
@Description(
    "The window of a key is full, so that it needs another index segment. Two processes create the"
        + " series and count on it, one 1 and the other, which first makes the file grow, 2.")
@Outcome(id = "3.0", expect = ACCEPTABLE, desc = "Both count on one series, in the new segment.")
@Outcome(
    id = {"1.0", "2.0"},
    expect = FORBIDDEN,
    desc = "They used different segments: each has a series of its own.")
@Outcome(id = "hidden", expect = FORBIDDEN, desc = "Both created it, and there is none.")
@Outcome(id = "no room", expect = FORBIDDEN, desc = "The file may grow, but a process got no room.")
@State
public class InsertGrowRace {
  private static final int WINDOW = 64;

  private final RaceFile file = RaceFile.small();
  private final LabelSet labels = Attached.labels(0);
  private boolean noRoom;

  /** Fills the window of the key. */
  public InsertGrowRace() {
    final long hash = RaceKey.real(file.one, labels).hash();
    for (int i = 1; i <= WINDOW; i++) {
      new RaceKey(file.one, hash, Attached.labels(i)).insert();
    }
  }

  /** Creates the series in one process. */
  @Actor
  public void one() {
    count(file.one, 1);
  }

  /** Makes the file grow, then creates the series in the other process. */
  @Actor
  public void other() {
    file.other.store.grower().awaitIndex(1, new Deadline());
    count(file.other, 2);
  }

  private void count(final Attached process, final int amount) {
    final long offset = process.counters.findOrCreate(labels, false);
    if (offset == 0) {
      noRoom = true;
    } else {
      process.counter(offset).add(amount);
    }
  }

  /** Scrapes what a look-up finds afterwards. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = noRoom ? "no room" : file.one.shownCounter(file.one.counters.find(labels));
    file.close();
  }
}
