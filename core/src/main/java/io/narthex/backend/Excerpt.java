package io.narthex.backend;

/** Texts of users, as messages and logs show them: a label value may have a megabyte. */
public final class Excerpt {
  private static final int SHOWN = 100;

  private Excerpt() {}

  /**
   * A text of at most 100 characters as it is, and of a longer one the beginning and the length.
   *
   * @param text a name or a label value, or null
   * @return what to show of it
   */
  public static String of(final String text) {
    if (text == null || text.length() <= SHOWN) {
      return String.valueOf(text);
    }
    final int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, end) + "… (" + text.length() + " characters)";
  }

  /**
   * Several texts, each as {@link #of(String)} shows it.
   *
   * @param texts names or label values, any of them null
   * @return what to show of them, separated by commas
   */
  public static String of(final Iterable<String> texts) {
    final StringBuilder out = new StringBuilder();
    for (final String text : texts) {
      out.append(out.isEmpty() ? "" : ", ").append(of(text));
    }
    return out.toString();
  }
}
