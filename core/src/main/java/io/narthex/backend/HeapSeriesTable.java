package io.narthex.backend;

import java.util.Arrays;

/**
 * The series of one family, in the order of their creation and by their label text. Grown and
 * looked up under the family's lock; what is listed may be read without it.
 */
final class HeapSeriesTable {
  private volatile HeapSeries[] list = new HeapSeries[4];
  private volatile int count;

  /** Open addressing, at most half full; 0 is empty, n the n-th of the list. */
  private int[] index = new int[8];

  HeapSeries find(final byte[] text, final int hash) {
    final HeapSeries[] all = list;
    for (int i = hash; ; i++) {
      final int n = index[i & (index.length - 1)];
      if (n == 0) {
        return null;
      }
      final HeapSeries series = all[n - 1];
      if (series.hash == hash && Arrays.equals(series.text, text)) {
        return series;
      }
    }
  }

  void add(final HeapSeries series) {
    final int n = count;
    if (n == list.length) {
      list = Arrays.copyOf(list, n * 2);
    }
    if ((n + 1) * 2 > index.length) {
      index = new int[index.length * 2];
      for (int i = 0; i < n; i++) {
        place(list[i].hash, i + 1);
      }
    }
    place(series.hash, n + 1);
    list[n] = series;
    count = n + 1; // publishes the element
  }

  private void place(final int hash, final int n) {
    int i = hash & (index.length - 1);
    while (index[i] != 0) {
      i = (i + 1) & (index.length - 1);
    }
    index[i] = n;
  }

  /** How many there are; they can all be read by {@link #get}. */
  int count() {
    return count;
  }

  HeapSeries get(final int n) {
    return list[n];
  }
}
