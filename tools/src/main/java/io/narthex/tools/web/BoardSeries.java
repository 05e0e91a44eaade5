package io.narthex.tools.web;

import io.narthex.tools.reading.ReadingSeries;

/** A series on the {@link Board}. */
final class BoardSeries {
  final int id;
  final BoardFamily family;

  /** The turn in which it appeared. */
  final long created;

  /** What it was when it was seen last. */
  ReadingSeries last;

  /** The turn in which its numbers changed last. */
  long changed;

  /** The turn in which it was seen last. */
  long seen;

  BoardSeries(final int id, final BoardFamily family, final ReadingSeries series, final long turn) {
    this.id = id;
    this.family = family;
    this.created = turn;
    this.last = series;
    this.changed = turn;
    this.seen = turn;
  }

  void take(final ReadingSeries now, final long turn) {
    seen = turn;
    if (!now.equals(last)) {
      last = now;
      changed = turn;
    }
  }
}
