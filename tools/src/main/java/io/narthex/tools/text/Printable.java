package io.narthex.tools.text;

import java.util.Locale;

/**
 * Texts that somebody else wrote, such as label values, so that they cannot command a terminal: a
 * control character, or one that turns the direction of writing, is shown by its number.
 */
public final class Printable {
  private Printable() {}

  /**
   * Makes a text fit for a line of a terminal.
   *
   * @param text any text
   * @return the same if there is nothing to be afraid of
   */
  public static String of(final String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isDangerous(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(final String text) {
    final StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (isDangerous(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isDangerous(final char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
