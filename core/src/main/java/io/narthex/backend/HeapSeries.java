package io.narthex.backend;

/**
 * One series: its labels, its value and since when it counts.
 *
 * <p>Nothing is ever freed, so a slot stays right however old it is. To remove a series is to set
 * its cells to zero and to hide it for as long as they are; an update needs no check, for what it
 * adds is what shows again. A reader that overlaps with a removal reads again, so as not to show
 * half of it.
 */
final class HeapSeries {
  private static final long REMOVING = 0;

  /** By which the series is found. */
  final byte[] text;

  final int hash;

  /** As it is exported. */
  private final byte[] shownText;

  private final HeapValue value;

  /** The time of creation, or, negated, of a removal; written under the family's lock. */
  private volatile long since;

  HeapSeries(
      final byte[] text,
      final int hash,
      final byte[] shownText,
      final HeapValue value,
      final long now) {
    this.text = text;
    this.hash = hash;
    this.shownText = shownText;
    this.value = value;
    this.since = now;
    value.create();
  }

  Slot slot() {
    return (Slot) value;
  }

  /** Loads the cursor; false if a scrape shows nothing. */
  boolean read(final HeapCursor cursor) {
    while (true) {
      final long before = since;
      if (before == REMOVING) {
        return false;
      }
      final boolean shown = value.read(cursor, before < 0);
      if (since == before) {
        cursor.text = shownText;
        cursor.createdMillis = Math.abs(before);
        return shown;
      }
    }
  }

  /** Whether there was something to remove. */
  boolean remove(final long now) {
    final boolean shown = read(new HeapCursor());
    // Who sees a smaller value has to see another created time, whatever the clock says.
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
