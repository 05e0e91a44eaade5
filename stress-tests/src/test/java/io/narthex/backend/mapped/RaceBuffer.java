package io.narthex.backend.mapped;

import io.narthex.backend.BackendFamily;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;

/**
 * One series of a {@link RaceFile} for races of a backend that keeps in such a file what it has
 * still to carry. Two processes have the file open.
 */
public final class RaceBuffer {
  private final RaceFile file = RaceFile.shared();
  private final LabelSet labels = Attached.labels(RaceFile.nextNumber());

  /** Ends the file of all of these, where the JVM goes on after its races. */
  public static void closeShared() {
    RaceFile.closeShared();
  }

  /** The labels of the series, which no other race has. */
  public LabelSet labels() {
    return labels;
  }

  /** The family as one process has it: of counters, or of histograms of three buckets. */
  public BackendFamily one(final MetricType type) {
    return file.one.family(type);
  }

  /** The same family as the other process has it. */
  public BackendFamily other(final MetricType type) {
    return file.other.family(type);
  }
}
