package io.narthex;

/**
 * The root of everything that Narthex throws of its own accord. It is unchecked: no caller is
 * forced to catch what it can do nothing about.
 */
public class NarthexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was wrong, where, and what to do about it
   */
  public NarthexException(final String message) {
    super(message);
  }

  /**
   * Creates an exception that another one caused.
   *
   * @param message what was wrong, where, and what to do about it
   * @param cause what was thrown beneath
   */
  public NarthexException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
