package io.narthex.tools.top;

import io.narthex.tools.text.Sparkline;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The lines of one screen, of just its size. */
final class Page {
  static final int HEIGHT_MIN = 6;

  /** Two lines above the table and its head, one below. */
  private static final int OTHER_LINES = 4;

  private static final AttributedStyle BOLD = AttributedStyle.BOLD;
  private static final AttributedStyle DIM = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle HEAD = AttributedStyle.INVERSE;
  private static final AttributedStyle ALERT = AttributedStyle.BOLD.foreground(AttributedStyle.RED);

  private final int width;
  private final int height;
  private final Sparkline sparkline;

  Page(final int width, final int height, final Sparkline sparkline) {
    this.width = width;
    this.height = height;
    this.sparkline = sparkline;
  }

  /** How many series a screen of that height shows. */
  static int rows(final int height) {
    return Math.max(0, height - OTHER_LINES);
  }

  boolean isTooSmall() {
    return width < Columns.WIDTH_MIN || height < HEIGHT_MIN;
  }

  /** What there is room for to say, where there is no room for the table. */
  List<AttributedString> tooSmall() {
    final String text =
        "too small: "
            + width
            + "x"
            + height
            + ", needs "
            + Columns.WIDTH_MIN
            + "x"
            + HEIGHT_MIN
            + " (q quits)";
    return height < 1 ? List.of() : List.of(line(text, ALERT));
  }

  /**
   * The table.
   *
   * @param title what the file is
   * @param foot the last line
   */
  List<AttributedString> table(
      final String title,
      final Status status,
      final String view,
      final List<Track> chosen,
      final int first,
      final Foot foot) {
    final List<AttributedString> lines = new ArrayList<>(height);
    final Columns columns = Columns.of(width);
    lines.add(line(twoEnds(title, status.time()), BOLD));
    lines.add(line(twoEnds(status.contents(), view), AttributedStyle.DEFAULT));
    lines.add(line(columns.header(), HEAD));
    final int end = Math.min(chosen.size(), first + rows(height));
    for (final Track track : chosen.subList(Math.min(first, end), end)) {
      lines.add(line(columns.row(track, sparkline), AttributedStyle.DEFAULT));
    }
    while (lines.size() < height - 1) {
      lines.add(line("", AttributedStyle.DEFAULT));
    }
    lines.add(line(foot.text(), foot.isAlert() ? ALERT : DIM));
    return lines;
  }

  /**
   * The last line.
   *
   * @param isAlert whether something is wrong
   */
  record Foot(String text, boolean isAlert) {}

  private String twoEnds(final String left, final String right) {
    final int gap = width - left.length() - right.length();
    return gap < 1 ? left + ' ' + right : left + " ".repeat(gap) + right;
  }

  /** Cut off or filled up to the width, as wide as its characters are. */
  private AttributedString line(final String text, final AttributedStyle style) {
    final AttributedString all = new AttributedString(text, style);
    final AttributedString cut = all.columnSubSequence(0, width);
    final int rest = width - cut.columnLength();
    return rest <= 0
        ? cut
        : new AttributedStringBuilder()
            .append(cut)
            .append(" ".repeat(rest), style)
            .toAttributedString();
  }
}
