package io.narthex.backend;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * The life of one counter's series in a backend, for Lincheck to look for results that no order of
 * the operations explains: {@link SeriesModel} says what they are one after the other.
 *
 * <p>Who counts and who removes do not overlap here: such an update may go with the removal or stay
 * after it, as the removal comes upon it, which no single moment explains. The races have them
 * overlap.
 */
public abstract class SeriesLife {
  /** How many times the quick form's scenarios are tried. */
  private static final int EFFORT = Integer.getInteger("narthex.stress.lincheck.effort", 1);

  private static final String WRITERS = "writers";

  /** Shows a series that may have been removed. */
  @Operation
  public void create() {
    createSeries();
  }

  /** Counts through a handle that was made before everything else. */
  @Operation(nonParallelGroup = WRITERS)
  public void inc() {
    slot().add(1);
  }

  /** Whether it was there. */
  @Operation(nonParallelGroup = WRITERS)
  public boolean remove() {
    return removeSeries();
  }

  /** What the handle says. */
  @Operation
  public double value() {
    return slot().value();
  }

  /** What a scrape shows. */
  @Operation
  public String scrape() {
    return scrapeSeries();
  }

  protected abstract CounterSlot slot();

  protected abstract void createSeries();

  protected abstract boolean removeSeries();

  protected abstract String scrapeSeries();

  /** Lets threads run as they do. */
  protected static void stress(final Class<? extends SeriesLife> life) {
    check(new StressOptions(), 500, life);
  }

  /** Goes through interleavings. */
  protected static void modelCheck(final Class<? extends SeriesLife> life) {
    check(new ModelCheckingOptions(), 100, life);
  }

  private static void check(
      final Options<?, ?> options, final int invocations, final Class<? extends SeriesLife> life) {
    options.threads(2);
    options.actorsBefore(2);
    options.actorsPerThread(3);
    options.actorsAfter(2);
    options.iterations(5 * EFFORT);
    options.invocationsPerIteration(invocations);
    options.sequentialSpecification(SeriesModel.class);
    options.check(life);
  }
}
