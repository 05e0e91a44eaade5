package io.narthex.backend.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Setting a gauge to the NaN that marks the absence of a value, against adding to it. */
@JCStressTest
@Description(
    "A gauge has no value. One process sets it to a NaN of the very bits that mean no value; the"
        + " other one adds 1.")
@Outcome(
    id = "NaN",
    expect = ACCEPTABLE,
    desc = "It was set to a NaN, and a NaN it is: the 1 was added to it, or came before it.")
@Outcome(
    id = {"hidden", "1.0"},
    expect = FORBIDDEN,
    desc = "The NaN was taken for the mark of no value.")
@Outcome(expect = FORBIDDEN, desc = "No order of the two explains it.")
@State
public class NanGaugeRace {
  private static final double LIKE_UNSET = Double.longBitsToDouble(SeriesRecordDescriptor.UNSET);

  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.gauges.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);

  /** Takes its zero away. */
  public NanGaugeRace() {
    file.one.gauge(offset).unset();
  }

  /** Sets it in one process. */
  @Actor
  public void one() {
    file.one.gauge(offset).set(LIKE_UNSET);
  }

  /** Adds in the other process. */
  @Actor
  public void other() {
    file.other.gauge(offset).add(1);
  }

  /** Scrapes. */
  @Arbiter
  public void look(final L_Result r) {
    r.r1 = file.one.shownGauge(offset);
  }
}
