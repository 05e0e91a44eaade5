package io.narthex.jmh.chronicle;

import io.narthex.backend.Slot;

/**
 * One series: its labels, its value and since when it counts. A removed series keeps its cells at
 * zero and is hidden until something is added, so that an update needs no check. Who reads while it
 * is removed reads again.
 */
final class ChronicleSeries {
  private static final long REMOVING = 0;

  private final byte[] text;
  private final ChronicleValue value;

  /** The time of creation, or, negated, of a removal; written under the family's lock. */
  private volatile long since;

  ChronicleSeries(final byte[] text, final ChronicleValue value, final long now) {
    this.text = text;
    this.value = value;
    this.since = now;
    value.create();
  }

  Slot slot() {
    return (Slot) value;
  }

  /** Loads the cursor; false if nothing is to be shown. */
  boolean read(final ChronicleCursor cursor) {
    while (true) {
      final long before = since;
      if (before == REMOVING) {
        return false;
      }
      final boolean shown = value.read(cursor, before < 0);
      if (since == before) {
        cursor.text = text;
        cursor.createdMillis = Math.abs(before);
        return shown;
      }
    }
  }

  /** Whether there was something to remove. */
  boolean remove(final long now) {
    final boolean shown = read(new ChronicleCursor());
    // Later than before in any case, or a smaller value would look like a counter that fell.
    final long removed = Math.max(now, Math.abs(since) + 1);
    since = REMOVING;
    value.clear();
    since = -removed;
    return shown;
  }

  void revive() {
    since = Math.abs(since);
    value.create();
  }
}
