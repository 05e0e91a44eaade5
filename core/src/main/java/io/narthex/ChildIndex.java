package io.narthex;

/**
 * The children of one family by their label values: an open-addressing table with linear probing,
 * at most half full.
 *
 * <p>Reading is wait-free and makes no garbage. A reader takes no lock and may therefore miss a
 * child that is just being put, or moved by a removal; whoever misses looks again under the lock
 * before it creates one ({@link Family#child}). What a reader does find is right, however old its
 * view of the table: elements need no ordering of their own, because all that is read of a child
 * ({@code hash}, {@code values}, its slot) are final fields. Only the table itself is volatile, as
 * the content of a fresh array has no such guarantee.
 *
 * <p>Writers hold the monitor of this object.
 */
final class ChildIndex<M extends Metric<M>> {
  private static final int FIRST_SIZE = 8;

  private volatile M[] table = newTable(FIRST_SIZE);
  private int size;

  /** The child with these values, the unused ones null; or null. */
  M find(final int hash, final String a, final String b, final String c, final String d) {
    final M[] t = table;
    for (int i = hash, end = hash + t.length; i != end; i++) {
      final M child = t[i & (t.length - 1)];
      if (child == null) {
        return null;
      }
      if (child.hash == hash && child.isFor(a, b, c, d)) {
        return child;
      }
    }
    return null;
  }

  M find(final int hash, final LabelValues values) {
    final M[] t = table;
    for (int i = hash, end = hash + t.length; i != end; i++) {
      final M child = t[i & (t.length - 1)];
      if (child == null) {
        return null;
      }
      if (child.hash == hash && values.areThoseOf(child)) {
        return child;
      }
    }
    return null;
  }

  /** Adds a child that is not there yet; under the lock. */
  void put(final M child) {
    if ((size + 1) * 2 > table.length) {
      grow();
    }
    place(table, child);
    size++;
  }

  private void grow() {
    final M[] old = table;
    final M[] wider = newTable(old.length * 2);
    for (final M child : old) {
      if (child != null) {
        place(wider, child);
      }
    }
    table = wider;
  }

  private static <M extends Metric<M>> void place(final M[] t, final M child) {
    int i = child.hash & (t.length - 1);
    while (t[i] != null) {
      i = (i + 1) & (t.length - 1);
    }
    t[i] = child;
  }

  /** Takes out the child with these values, if it is there; under the lock. */
  void remove(final int hash, final LabelValues values) {
    final M child = find(hash, values);
    if (child == null) {
      return;
    }
    final M[] t = table;
    final int mask = t.length - 1;
    int hole = hash & mask;
    while (t[hole] != child) {
      hole = (hole + 1) & mask;
    }
    // Whatever stands behind the hole and may stand in it moves up, so that no tombstone is needed.
    for (int i = (hole + 1) & mask; t[i] != null; i = (i + 1) & mask) {
      final int home = t[i].hash & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        t[hole] = t[i];
        hole = i;
      }
    }
    t[hole] = null;
    size--;
  }

  /** Takes out all children; under the lock. */
  void clear() {
    table = newTable(FIRST_SIZE);
    size = 0;
  }

  int size() {
    return size;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <M extends Metric<M>> M[] newTable(final int length) {
    return (M[]) new Metric[length];
  }
}
