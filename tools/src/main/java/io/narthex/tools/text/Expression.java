package io.narthex.tools.text;

import io.narthex.NarthexException;
import java.util.regex.Pattern;

/** A regular expression of the command line. */
public final class Expression {
  private static final int SHOWN = 40;

  private final Pattern pattern;

  /**
   * Compiles it.
   *
   * @param text the expression
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public Expression(final String text) {
    this.pattern = Pattern.compile(text);
  }

  /**
   * Looks for it.
   *
   * @param text where to look, which may be a label of a million characters
   * @return whether it is found
   * @throws NarthexException if it cannot be looked for in a text so long
   */
  public boolean isFoundIn(final String text) {
    try {
      return pattern.matcher(text).find();
    } catch (final StackOverflowError e) {
      // Of a repeated group the JDK's matcher takes a frame for each repetition.
      throw new NarthexException(
          "'"
              + pattern
              + "' cannot be looked for in "
              + Printable.of(text.substring(0, Math.min(SHOWN, text.length())))
              + "..., of "
              + Numbers.count(text.length())
              + " characters; give an expression without a repeated group, such as [ab]* for (a|b)*",
          e);
    }
  }
}
