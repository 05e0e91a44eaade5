package io.narthex.tools.top;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.text.Sparkline;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table for people, and an empty line behind it. */
final class TableLines implements Lines {
  private static final Sparkline NEVER_DRAWN = Sparkline.in(StandardCharsets.US_ASCII);

  private final int rows;

  /**
   * Makes one.
   *
   * @param rows how many series a table shows at most; 0: all
   */
  TableLines(final int rows) {
    this.rows = rows;
  }

  @Override
  public String of(final Reading reading, final List<Track> tracks) {
    final Status status = Status.of(reading);
    final Columns columns = Columns.plain();
    final int shown = rows == 0 ? tracks.size() : Math.min(rows, tracks.size());
    final StringBuilder out = new StringBuilder();
    out.append(status.time()).append("  ").append(status.contents()).append('\n');
    out.append(columns.header()).append('\n');
    for (final Track track : tracks.subList(0, shown)) {
      out.append(columns.row(track, NEVER_DRAWN)).append('\n');
    }
    if (tracks.isEmpty()) {
      out.append("no series fits\n");
    }
    if (shown < tracks.size()) {
      out.append("and ").append(tracks.size() - shown).append(" more; --rows 0 shows all\n");
    }
    return out.append('\n').toString();
  }
}
