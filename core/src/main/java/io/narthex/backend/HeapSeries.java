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
  /** In place of the time, while a removal sets one cell after the other to zero. */
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
    value.of(this);
    value.create();
  }

  Slot slot() {
    return (Slot) value;
  }

  /** What a scrape shows now, with so many buckets; zeros where it shows nothing. */
  HeapCursor shown(final int buckets) {
    final HeapCursor cursor = new HeapCursor();
    cursor.room(buckets);
    if (!read(cursor)) {
      cursor.clear();
    }
    return cursor;
  }

  /**
   * Loads the cursor; false if a scrape shows nothing. What is read of several cells belongs
   * together if the series counts since the same time before and after.
   */
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

  /**
   * Whether there was something shown to remove. If there is nothing at all, an update that just
   * comes is left alone; a sum without a count is the rest of an observation that overlapped the
   * last removal.
   */
  boolean remove(final long now) {
    final HeapCursor cursor = new HeapCursor();
    final boolean shown = read(cursor);
    if (!shown && cursor.sum == 0) {
      return false;
    }
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
