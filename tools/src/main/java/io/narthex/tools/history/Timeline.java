package io.narthex.tools.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** When the moments of a history were, and what its recordings noted. */
final class Timeline {
  /** Between two moments that are so many times the usual interval apart nothing was recorded. */
  private static final int GAP = 3;

  /** What is shorter is a machine that was busy. */
  private static final long GAP_MIN_MILLIS = 250;

  private final List<Note> notes = new ArrayList<>();
  private long[] times = new long[1024];
  private int size;

  /**
   * A remark of a recording.
   *
   * @param millis when, ms since the epoch
   * @param text what
   */
  record Note(long millis, String text) {}

  /**
   * A time in which nothing was recorded.
   *
   * @param from the moment before
   * @param to the moment after
   */
  record Gap(long from, long to) {}

  void add(final long millis) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
    }
    times[size++] = millis;
  }

  void note(final long millis, final String text) {
    notes.add(new Note(millis, text));
  }

  List<Note> notes() {
    return List.copyOf(notes);
  }

  /** How many moments there are. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The earliest; the clock may have been set back. */
  long first() {
    return Arrays.stream(times, 0, size).min().orElseThrow();
  }

  long last() {
    return Arrays.stream(times, 0, size).max().orElseThrow();
  }

  /** The last moment that is not after that time; null if all are. */
  Long atOrBefore(final long millis) {
    long found = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      if (times[i] <= millis && times[i] > found) {
        found = times[i];
      }
    }
    return found == Long.MIN_VALUE ? null : found;
  }

  /** Those of a time. */
  Timeline within(final long from, final long to) {
    final Timeline within = new Timeline();
    for (int i = 0; i < size; i++) {
      if (times[i] >= from && times[i] <= to) {
        within.add(times[i]);
      }
    }
    for (final Note note : notes) {
      if (note.millis() >= from && note.millis() <= to) {
        within.notes.add(note);
      }
    }
    return within;
  }

  List<Gap> gaps() {
    if (size < 3) {
      return List.of();
    }
    final long[] steps = new long[size - 1];
    Arrays.setAll(steps, i -> times[i + 1] - times[i]);
    final long[] sorted = steps.clone();
    Arrays.sort(sorted);
    final long longest = Math.max(GAP_MIN_MILLIS, GAP * sorted[sorted.length / 2]);
    final List<Gap> gaps = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] > longest) {
        gaps.add(new Gap(times[i], times[i + 1]));
      }
    }
    return gaps;
  }
}
