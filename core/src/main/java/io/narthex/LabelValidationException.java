package io.narthex;

/** A label that a metric does not have, may not have, or that was given without a value. */
public final class LabelValidationException extends NarthexException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was wrong, where, and what to do about it
   */
  public LabelValidationException(final String message) {
    super(message);
  }
}
