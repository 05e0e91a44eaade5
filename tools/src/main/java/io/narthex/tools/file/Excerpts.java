package io.narthex.tools.file;

import io.narthex.backend.Excerpt;
import io.narthex.tools.text.Printable;

/** Texts of a file that may be damaged, for a table: not too long, and harmless to a terminal. */
final class Excerpts {
  private Excerpts() {}

  static String of(final String text) {
    return Excerpt.of(Printable.of(text));
  }
}
