package io.narthex;

/** Histogram bounds that are empty, not strictly increasing, or not a number. */
public final class BucketException extends NarthexException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was wrong, where, and what to do about it
   */
  public BucketException(final String message) {
    super(message);
  }
}
