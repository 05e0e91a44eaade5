package io.narthex.backend.mapped;

import io.narthex.NarthexException;

/** A Narthex file whose header is damaged, or of a layout that this program does not know. */
final class UnusableFileException extends NarthexException {
  private static final long serialVersionUID = 1L;

  UnusableFileException(final String message) {
    super(message);
  }
}
