package io.narthex;

/** A metric name that is already taken by a metric with another schema. */
public final class MetricConflictException extends NarthexException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was wrong, where, and what to do about it
   */
  public MetricConflictException(final String message) {
    super(message);
  }
}
