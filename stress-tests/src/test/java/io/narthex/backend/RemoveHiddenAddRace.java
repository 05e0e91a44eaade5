package io.narthex.backend;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** Removal of a series that is not shown against an update that brings it back, on the heap. */
@JCStressTest
@Description(
    "A counter was removed, and is not shown. One thread removes it again and is told whether there"
        + " was something to remove; another one adds 1.")
@Outcome(id = "false, 1.0", expect = ACCEPTABLE, desc = "The removal came first.")
@Outcome(id = "true, hidden", expect = ACCEPTABLE, desc = "The 1 came first, and was removed.")
@Outcome(
    id = "false, hidden",
    expect = FORBIDDEN,
    desc = "The removal found nothing, and took the 1 all the same.")
@Outcome(expect = FORBIDDEN, desc = "No order of the two explains it.")
@State
public class RemoveHiddenAddRace {
  private final HeapFamily family =
      new HeapFamily(FamilyDescriptor.builder(MetricType.COUNTER, "c").build(), new HeapCells());
  private final CounterSlot counter = (CounterSlot) family.slot(LabelSet.EMPTY);

  /** Removes it. */
  public RemoveHiddenAddRace() {
    family.remove(LabelSet.EMPTY);
  }

  /** Removes it again. */
  @Actor
  public void one(final ZL_Result r) {
    r.r1 = family.remove(LabelSet.EMPTY);
  }

  /** Adds 1. */
  @Actor
  public void other() {
    counter.add(1);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final ZL_Result r) {
    r.r2 = Shown.of(family).text;
  }
}
