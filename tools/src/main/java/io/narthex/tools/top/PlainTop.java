package io.narthex.tools.top;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.reading.Reading;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is written to a pipe or a file: the lines of a reading after each interval. */
final class PlainTop {
  private final MetricRegistry registry;
  private final View view;
  private final Lines lines;
  private final PrintWriter out;
  private final PrintWriter err;

  PlainTop(
      final MetricRegistry registry,
      final View view,
      final Lines lines,
      final PrintWriter out,
      final PrintWriter err) {
    this.registry = registry;
    this.view = view;
    this.lines = lines;
    this.out = out;
    this.err = err;
  }

  /**
   * Writes readings until there are enough, or nobody reads them any more.
   *
   * @param count how many; 0: no end
   * @return whether all of them could be made
   */
  boolean run(final Duration every, final long count) throws InterruptedException {
    final Tracks tracks = new Tracks();
    long next = System.nanoTime();
    tracks.add(Reading.of(registry), next);
    boolean all = true;
    for (long written = 0; (count == 0 || written < count) && !out.checkError(); written++) {
      next = Math.max(next + every.toNanos(), System.nanoTime());
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      try {
        final Reading reading = Reading.of(registry);
        tracks.add(reading, System.nanoTime());
        out.print(lines.of(reading, view.choose(tracks.all())));
        out.flush();
      } catch (final NarthexException e) {
        // The file was truncated, say: the next one at its path may be read again.
        all = tell(e.getMessage());
      }
    }
    return all;
  }

  private boolean tell(final String failure) {
    err.println("narthex: " + failure);
    err.flush();
    return false;
  }
}
