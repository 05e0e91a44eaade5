package io.narthex.tools.history;

/** Says what is wrong with an entry. */
final class DamageException extends Exception {
  private static final long serialVersionUID = 1L;

  DamageException(final String message) {
    super(message);
  }
}
