package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.CounterSlot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Removal of a counter against a scrape. */
@JCStressTest
@Description(
    "A counter stands at 100. One process removes it and then adds 1, while another one scrapes.")
@Outcome(id = "100.0", expect = ACCEPTABLE, desc = "The scrape came before the removal.")
@Outcome(
    id = "hidden",
    expect = ACCEPTABLE_INTERESTING,
    desc = "It came between the removal and the update.")
@Outcome(id = "1.0", expect = ACCEPTABLE, desc = "It came after the update.")
@Outcome(id = "0.0", expect = FORBIDDEN, desc = "A removed series is shown without an update.")
@Outcome(
    id = {"101.0", "-.*"},
    expect = FORBIDDEN,
    desc = "The cells and the baseline that were read do not belong together.")
@State
public class RemoveScrapeRace {
  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final CounterSlot counter = file.one.counter(offset);

  /** Counts to 100. */
  public RemoveScrapeRace() {
    counter.add(100);
  }

  /** Removes the series and counts again. */
  @Actor
  public void one() {
    file.one.counters.remove(offset, Liveness.nobody());
    counter.add(1);
  }

  /** Scrapes. */
  @Actor
  public void other(final L_Result r) {
    r.r1 = file.other.shownCounter(offset);
  }
}
