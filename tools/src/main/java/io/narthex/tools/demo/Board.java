package io.narthex.tools.demo;

import io.narthex.tools.demo.Snapshot.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a table of what the file says, with the rates since the table before. */
final class Board {
  private final long startNanos;
  private long lastNanos;
  private Tally last = Tally.empty();

  Board(final long startNanos) {
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /** What is so now, with the rates since the last call. */
  Snapshot next(final Tally now, final Fleet fleet) {
    final Snapshot snapshot = since(last, lastNanos, now, fleet);
    last = now;
    lastNanos = startNanos + snapshot.elapsed().toNanos();
    return snapshot;
  }

  /** What was so in the end, with the rates of the whole time. */
  Snapshot total(final Tally now, final Fleet fleet) {
    return since(Tally.empty(), startNanos, now, fleet);
  }

  private Snapshot since(
      final Tally before, final long beforeNanos, final Tally now, final Fleet fleet) {
    final long nanos = System.nanoTime();
    final double seconds = Math.max(1, nanos - beforeNanos) / 1e9;
    final List<Row> rows = new ArrayList<>();
    long errors = 0;
    for (final FleetMember member : fleet.members()) {
      final String name = member.name();
      final long requests = now.requests(name);
      rows.add(
          new Row(
              name,
              member.process.pid(),
              requests,
              (requests - before.requests(name)) / seconds,
              now.errors(name),
              now.latency(name),
              member.state));
      errors += now.errors(name);
    }
    final Row all =
        new Row(
            "all",
            0,
            now.requests(),
            (now.requests() - before.requests()) / seconds,
            errors,
            now.latency(),
            null);
    return new Snapshot(
        Duration.ofNanos(nanos - startNanos), rows, all, fleet.serving(), fleet.size());
  }
}
