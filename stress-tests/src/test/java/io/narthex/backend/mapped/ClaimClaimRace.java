package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Claim of a process row against another claim of it. */
@JCStressTest
@Description(
    "The owner of a row is dead. Two processes, each with a number of its own, try to take the row"
        + " over.")
@Outcome(
    id = {"true, false, one", "false, true, other"},
    expect = ACCEPTABLE,
    desc = "One of them has the row, and knows it.")
@Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "Two processes have one row.")
@Outcome(id = "false, false, .*", expect = FORBIDDEN, desc = "Nobody got the row of a dead one.")
@Outcome(
    id = {"true, false, other", "false, true, one", ".*, .*, nobody"},
    expect = FORBIDDEN,
    desc = "The table says something else than the claim.")
@State
public class ClaimClaimRace {
  /** All but the row of this JVM, and far more than there are races at a time. */
  private static final int ROWS = ProcessTable.ROWS - 1;

  private final RaceFile file = RaceFile.shared();
  private final int row = 1 + (int) (RaceFile.nextNumber() % ROWS);
  private final long dead = file.one.store.processes().table().owner(row);
  private final long mine = file.one.store.processes().table().nextIncarnation();
  private final long others = file.other.store.processes().table().nextIncarnation();

  /** Claims the row. */
  @Actor
  public void one(final ZZL_Result r) {
    r.r1 = file.one.store.processes().table().changeOwner(row, dead, mine);
  }

  /** Claims it in another process. */
  @Actor
  public void other(final ZZL_Result r) {
    r.r2 = file.other.store.processes().table().changeOwner(row, dead, others);
  }

  /** Looks who has it. */
  @Arbiter
  public void look(final ZZL_Result r) {
    final long owner = file.one.store.processes().table().owner(row);
    r.r3 = owner == mine ? "one" : owner == others ? "other" : "nobody";
  }
}
