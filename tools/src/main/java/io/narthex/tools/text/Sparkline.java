package io.narthex.tools.text;

import java.nio.charset.Charset;

/** Draws numbers over time in a row of characters, one for each. Immutable. */
public final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.-~=+*#";

  private final String levels;

  private Sparkline(final String levels) {
    this.levels = levels;
  }

  /**
   * One whose characters a charset has.
   *
   * @param charset that of the output
   * @return of blocks, or of ASCII where there are none
   */
  public static Sparkline in(final Charset charset) {
    return new Sparkline(
        charset.canEncode() && charset.newEncoder().canEncode(BLOCKS) ? BLOCKS : ASCII);
  }

  /**
   * Draws numbers from zero, or from the least if that is negative, up to the greatest.
   *
   * @param values what to draw; a NaN leaves a blank
   * @return as many characters
   */
  public String fromZero(final double... values) {
    return draw(0, values);
  }

  /**
   * Draws numbers from the least up to the greatest.
   *
   * @param values what to draw; a NaN leaves a blank
   * @return as many characters
   */
  public String fromLeast(final double... values) {
    return draw(Double.POSITIVE_INFINITY, values);
  }

  private String draw(final double base, final double... values) {
    double least = base;
    double greatest = Double.NEGATIVE_INFINITY;
    for (final double value : values) {
      if (Double.isFinite(value)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    final char[] drawn = new char[values.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = Double.isNaN(values[i]) ? ' ' : levels.charAt(level(values[i], least, greatest));
    }
    return new String(drawn);
  }

  private int level(final double value, final double least, final double greatest) {
    final int top = levels.length() - 1;
    if (value >= greatest) {
      return greatest > least || value > greatest ? top : 0;
    }
    if (value <= least) {
      return 0;
    }
    // Each divided by itself: their difference may be infinite.
    return (int) Math.round(top * ((value / 2 - least / 2) / (greatest / 2 - least / 2)));
  }
}
