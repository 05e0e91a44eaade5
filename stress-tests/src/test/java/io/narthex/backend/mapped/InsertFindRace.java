package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.LabelSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Insert against find. */
@JCStressTest
@Description("One process creates a series while another one looks it up twice.")
@Outcome(id = "absent, absent", expect = ACCEPTABLE, desc = "Both looks came before.")
@Outcome(
    id = "absent, whole",
    expect = ACCEPTABLE_INTERESTING,
    desc = "It was created between the looks.")
@Outcome(id = "whole, whole", expect = ACCEPTABLE, desc = "Both looks came after.")
@Outcome(
    id = "whole, absent",
    expect = FORBIDDEN,
    desc = "A series that was there is gone: its word changed.")
@Outcome(
    id = {"torn, .*", ".*, torn"},
    expect = FORBIDDEN,
    desc = "The word was published before its record was written.")
@State
public class InsertFindRace {
  private final RaceFile file = RaceFile.shared();
  private final LabelSet labels = Attached.labels(RaceFile.nextNumber());

  /** Creates the series. */
  @Actor
  public void one() {
    file.one.counters.findOrCreate(labels, false);
  }

  /** Looks for it. */
  @Actor
  public void other(final LL_Result r) {
    final RaceKey key = RaceKey.real(file.other, labels);
    r.r1 = look(key);
    r.r2 = look(key);
  }

  private static String look(final RaceKey key) {
    final long found = key.find();
    if (key.sawTorn) {
      return "torn";
    }
    return found == 0 ? "absent" : "whole";
  }
}
