package io.narthex.backend.redis;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.narthex.backend.DistributionSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.mapped.RaceBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** Two couriers that tell of one buffer file. */
@JCStressTest
@Description(
    "Two processes of one file observe two values each and tell after each one what the file holds:"
        + " what one of them tells may be older than what the other one has told.")
@Outcome(id = "2 1 1 of 6.75, false", expect = ACCEPTABLE, desc = "Each observation arrived once.")
@Outcome(id = ".*, true", expect = FORBIDDEN, desc = "Something is pending that has arrived.")
@Outcome(expect = FORBIDDEN, desc = "An observation is lost, or arrived twice, or in part.")
@State
public class FlushFlushRace {
  private final RaceBuffer buffer = new RaceBuffer();
  private final StoreOfOne store = new StoreOfOne(0, 3);
  private final Flushed mine =
      new Flushed(buffer.one(MetricType.HISTOGRAM), buffer.labels(), store);
  private final Flushed others =
      new Flushed(buffer.other(MetricType.HISTOGRAM), buffer.labels(), store);

  /** One process. */
  @Actor
  public void one() {
    count(mine, 0, 0.5);
    count(mine, 2, 4);
  }

  /** The other one. */
  @Actor
  public void other() {
    count(others, 1, 2);
    count(others, 0, 0.25);
  }

  private static void count(final Flushed process, final int bucket, final double value) {
    ((DistributionSlot) process.slot).observe(bucket, value);
    process.flush();
  }

  /** One more round of each. */
  @Arbiter
  public void look(final LZ_Result r) {
    mine.flush();
    others.flush();
    r.r1 = store.text();
    r.r2 = mine.isPending() || others.isPending();
  }
}
