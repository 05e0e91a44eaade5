package io.narthex.backend.redis;

/** The server cannot be reached, or did not answer: what was sent may have been carried out. */
final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  LinkException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
