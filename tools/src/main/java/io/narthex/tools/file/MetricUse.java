package io.narthex.tools.file;

/** What one metric takes of a file; filled while the file is walked. */
final class MetricUse {
  final FamilyRecord family;
  final long state;
  long series;
  long shown;
  long recordBytes;
  long cellBytes;

  /** Of series that are not shown. */
  long hiddenBytes;

  MetricUse(final FamilyRecord family, final long state) {
    this.family = family;
    this.state = state;
  }

  boolean isActive() {
    return state == Layout.ACTIVE;
  }

  long bytes() {
    return recordBytes + cellBytes;
  }
}
