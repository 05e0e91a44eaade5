package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.mapped.RaceBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;

/** The value of a counter in a buffer file against the couriers of two processes. */
@JCStressTest
@Description(
    "Others have counted 100. A thread adds 1 and 0.5 some times and asks each time for the value,"
        + " while another process of the file tells what it holds, of which this process's courier"
        + " has told nothing when it reads the store. What the value is off by is kept.")
@Outcome(
    id = "0.0",
    expect = ACCEPTABLE,
    desc = "Each value is what the store held and what was not told yet.")
@Outcome(
    id = "-.*",
    expect = FORBIDDEN,
    desc = "What had been added, or what others have counted, is missing.")
@Outcome(expect = FORBIDDEN, desc = "What the other process told counts twice.")
@State
public class FlushTotalValueRace {
  private static final int ROUNDS = 5;

  private final RaceBuffer buffer = new RaceBuffer();
  private final StoreOfOne store = new StoreOfOne(100, 1);
  private final Flushed mine = new Flushed(buffer.one(MetricType.COUNTER), buffer.labels(), store);
  private final Flushed others =
      new Flushed(buffer.other(MetricType.COUNTER), buffer.labels(), store);

  /** Has what others have counted read. */
  public FlushTotalValueRace() {
    mine.flush();
    mine.load();
  }

  /** Adds and reads. */
  @Actor
  public void one(final D_Result r) {
    final CounterSlot counter = (CounterSlot) mine.slot;
    double expected = 100;
    for (int i = 0; i < ROUNDS && r.r1 == 0; i++) {
      counter.add(1);
      counter.add(0.5);
      expected += 1.5;
      r.r1 = counter.value() - expected;
    }
  }

  /** Both couriers; the other process's is quicker with what was added. */
  @Actor
  public void other() {
    for (int i = 0; i < ROUNDS; i++) {
      others.flush();
      mine.load();
      mine.flush();
    }
  }
}
