package io.narthex.tools.demo;

import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.util.Locale;

/** One line for each table: for files, pipes and logs. */
final class PlainDisplay implements Display {
  private final PrintWriter out;

  PlainDisplay(final PrintWriter out) {
    this.out = out;
  }

  @Override
  public void note(final String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void show(final Snapshot snapshot) {
    final Snapshot.Row all = snapshot.all();
    note(
        String.format(
            Locale.ROOT,
            "%4ds  requests=%d rate=%.0f/s errors=%d p50=%s p99=%s workers=%d/%d",
            snapshot.elapsed().toSeconds(),
            all.requests(),
            all.rate(),
            all.errors(),
            Units.seconds(all.latency().quantile(0.5)),
            Units.seconds(all.latency().quantile(0.99)),
            snapshot.serving(),
            snapshot.wanted()));
  }

  @Override
  public boolean isBroken() {
    return out.checkError();
  }
}
