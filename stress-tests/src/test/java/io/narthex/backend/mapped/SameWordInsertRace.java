package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Insert against insert of two keys that want one word. */
@JCStressTest
@Description("Two processes create series whose keys have one hash, so that both want one word.")
@Outcome(
    id = "found, found",
    expect = ACCEPTABLE,
    desc = "One got the word, the other one the next: each is found.")
@Outcome(
    id = {"lost, .*", ".*, lost"},
    expect = FORBIDDEN,
    desc = "A series was created, and its word was overwritten by the other.")
@Outcome(
    id = {"mixed up, .*", ".*, mixed up"},
    expect = FORBIDDEN,
    desc = "A look-up leads to another record than its creator was given.")
@State
public class SameWordInsertRace {
  private final RaceFile file = RaceFile.shared();
  // Spread as a hash is, or neighbours would fill each other's windows.
  private final long hash = Hashing.hash(1, RaceFile.nextNumber(), new byte[0]);
  private long first;
  private long second;

  /** Creates one series. */
  @Actor
  public void one() {
    first = key(file.one, 1).insert();
  }

  /** Creates the other series. */
  @Actor
  public void other() {
    second = key(file.other, 2).insert();
  }

  /** Looks each of them up in the process that did not create it. */
  @Arbiter
  public void look(final LL_Result r) {
    r.r1 = judge(first, key(file.other, 1).find());
    r.r2 = judge(second, key(file.one, 2).find());
  }

  private RaceKey key(final Attached process, final long number) {
    return new RaceKey(process, hash, Attached.labels(number));
  }

  private static String judge(final long created, final long found) {
    if (found == 0) {
      return "lost";
    }
    return found == created ? "found" : "mixed up";
  }
}
