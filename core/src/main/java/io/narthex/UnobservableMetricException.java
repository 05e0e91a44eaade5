package io.narthex;

/** An update of a partial view: some labels have neither a value nor a default. */
public final class UnobservableMetricException extends NarthexException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was wrong, where, and what to do about it
   */
  public UnobservableMetricException(final String message) {
    super(message);
  }
}
