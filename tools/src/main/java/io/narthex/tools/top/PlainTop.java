package io.narthex.tools.top;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.text.Sparkline;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The table as plain lines, for a pipe or a file: a block of them after each interval. */
final class PlainTop {
  private static final Sparkline NEVER_DRAWN = Sparkline.in(StandardCharsets.US_ASCII);

  private final MetricRegistry registry;
  private final View view;
  private final PrintWriter out;
  private final PrintWriter err;

  PlainTop(
      final MetricRegistry registry,
      final View view,
      final PrintWriter out,
      final PrintWriter err) {
    this.registry = registry;
    this.view = view;
    this.out = out;
    this.err = err;
  }

  /**
   * Writes tables until there are enough, or nobody reads them any more.
   *
   * @param count how many; 0: no end
   * @param rows how many series each shows at most; 0: all
   */
  void run(final Duration every, final long count, final int rows) throws InterruptedException {
    final Tracks tracks = new Tracks();
    long next = System.nanoTime();
    tracks.add(Reading.of(registry), next);
    for (long written = 0; (count == 0 || written < count) && !out.checkError(); written++) {
      next = Math.max(next + every.toNanos(), System.nanoTime());
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      try {
        final Reading reading = Reading.of(registry);
        tracks.add(reading, System.nanoTime());
        write(Status.of(reading), view.choose(tracks.all()), rows);
      } catch (final NarthexException e) {
        // The file was truncated, say: the next one at its path may be read again.
        err.println("narthex: " + e.getMessage());
        err.flush();
      }
    }
  }

  private void write(final Status status, final List<Track> tracks, final int rows) {
    final Columns columns = Columns.plain();
    final int shown = rows == 0 ? tracks.size() : Math.min(rows, tracks.size());
    out.println(status.time() + "  " + status.contents());
    out.println(columns.header());
    for (final Track track : tracks.subList(0, shown)) {
      out.println(columns.row(track, NEVER_DRAWN));
    }
    if (shown < tracks.size()) {
      out.println("and " + (tracks.size() - shown) + " more; --rows 0 shows all");
    }
    out.println();
    out.flush();
  }
}
