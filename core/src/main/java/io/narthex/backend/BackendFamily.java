package io.narthex.backend;

/**
 * A family as one registry registered it with a backend: where its slots come from. Safe for use by
 * any number of threads.
 */
public interface BackendFamily {
  /**
   * What the backend holds of the family: equal in schema to what was asked for, but with the help
   * text of whoever registered it first.
   *
   * @return the descriptor, the same object that visitors see
   */
  FamilyDescriptor descriptor();

  /**
   * Finds or creates a series. From now on it is exported (a gauge of another mode than {@code
   * SHARED}, and an info: from their first {@code set} or {@code add}); a removed one starts again
   * from zero.
   *
   * @param labels the values of all labels, constant ones included
   * @return a {@link CounterSlot} for a counter, a {@link DistributionSlot} for a histogram or a
   *     summary, else a {@link GaugeSlot}. Where the series cannot be created: the slot of the
   *     overflow series, which says so
   * @throws io.narthex.NarthexException if the series cannot be created and the family was
   *     registered without overflow labels, or if the backend is read-only and has no such series
   */
  Slot slot(LabelSet labels);

  /**
   * Finds a series, for reading its value, without creating it or bringing it back.
   *
   * @param labels the values of all labels, constant ones included
   * @return its slot, of the type that {@link #slot} returns, or null if there is no such series
   */
  Slot find(LabelSet labels);

  /**
   * Removes one series, for all processes.
   *
   * @param labels the values of all labels, constant ones included
   * @return whether there was such a series
   */
  boolean remove(LabelSet labels);

  /** Removes all series of the family, for all processes. */
  void clear();
}
