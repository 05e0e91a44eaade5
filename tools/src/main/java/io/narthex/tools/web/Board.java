package io.narthex.tools.web;

import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * All series that a registry shows, numbered, with the turn in which each of them last changed: so
 * that a page which says what it has seen is told only what is new to it. Pages are not known one
 * by one, and share a turn if they ask at nearly the same time.
 *
 * <p>To be used under its own lock.
 */
final class Board {
  /** Pages that ask within this time share a turn. */
  static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /** Series that are gone are remembered until there are so many; who lags behind begins anew. */
  private static final int GONE_MAX = 10_000;

  /** Tells this board from that of another process which has got the port. */
  final String name = UUID.randomUUID().toString();

  private final MetricRegistry registry;
  private final long turnNanos;
  private final Map<String, BoardFamily> families = new HashMap<>();
  private final Deque<Gone> gone = new ArrayDeque<>();
  private int lastId;
  private long turn;
  private long takenNanos;
  private long takenMillis;

  /** The turn of the last one that is no longer remembered. */
  private long forgotten;

  record Gone(int id, long turn) {}

  /**
   * Makes an empty board.
   *
   * @param registry what to show
   * @param turnNanos how long a turn lasts at least
   */
  Board(final MetricRegistry registry, final long turnNanos) {
    this.registry = registry;
    this.turnNanos = turnNanos;
  }

  /** Reads the registry, unless that was done just now. */
  void refresh() {
    final long now = System.nanoTime();
    if (turn > 0 && now - takenNanos < turnNanos) {
      return;
    }
    final Reading reading = Reading.of(registry);
    turn++;
    takenNanos = now;
    takenMillis = reading.takenMillis();
    for (final ReadingFamily family : reading.families()) {
      if (family.series().isEmpty()) {
        continue; // a page forgets it with its last series, and so does the board
      }
      final BoardFamily shown = familyOf(family.descriptor());
      shown.turn = turn;
      for (final ReadingSeries series : family.series()) {
        take(shown, series);
      }
    }
    removeWhatIsGone();
  }

  private BoardFamily familyOf(final FamilyDescriptor descriptor) {
    final BoardFamily known = families.get(descriptor.name());
    if (known != null && known.isOf(descriptor)) {
      return known;
    }
    if (known != null) {
      known.series.values().forEach(this::bury);
    }
    lastId++;
    final BoardFamily fresh = new BoardFamily(lastId, descriptor, turn);
    families.put(descriptor.name(), fresh);
    return fresh;
  }

  private void take(final BoardFamily family, final ReadingSeries series) {
    final BoardSeries known = family.series.get(series.labelText());
    if (known != null) {
      known.take(series, turn);
    } else {
      lastId++;
      family.series.put(series.labelText(), new BoardSeries(lastId, family, series, turn));
    }
  }

  private void removeWhatIsGone() {
    final Iterator<BoardFamily> all = families.values().iterator();
    while (all.hasNext()) {
      final BoardFamily family = all.next();
      family
          .series
          .values()
          .removeIf(
              series -> {
                if (series.seen == turn) {
                  return false;
                }
                bury(series);
                return true;
              });
      if (family.turn != turn) {
        all.remove();
      }
    }
    while (gone.size() > GONE_MAX) {
      forgotten = gone.removeFirst().turn;
    }
  }

  private void bury(final BoardSeries series) {
    gone.addLast(new Gone(series.id, turn));
  }

  /** The turn of the last reading, from 1 on. */
  long turn() {
    return turn;
  }

  /** When that was, ms since the epoch. */
  long takenMillis() {
    return takenMillis;
  }

  /** Whether who has seen that much can be told what changed since; else all has to be told. */
  boolean knows(final Since seen) {
    return seen.board().equals(name) && seen.turn() <= turn && seen.turn() >= forgotten;
  }

  /** Families that are new since a turn. */
  List<BoardFamily> familiesSince(final long since) {
    final List<BoardFamily> found = new ArrayList<>();
    for (final BoardFamily family : families.values()) {
      if (family.created > since) {
        found.add(family);
      }
    }
    return found;
  }

  /** Series whose numbers changed since a turn, or that are new since. */
  List<BoardSeries> changedSince(final long since) {
    final List<BoardSeries> found = new ArrayList<>();
    for (final BoardFamily family : families.values()) {
      for (final BoardSeries series : family.series.values()) {
        if (series.changed > since) {
          found.add(series);
        }
      }
    }
    return found;
  }

  /** The numbers of series that are gone since a turn. */
  List<Integer> goneSince(final long since) {
    final List<Integer> found = new ArrayList<>();
    for (final Gone one : gone) {
      if (one.turn > since) {
        found.add(one.id);
      }
    }
    return found;
  }
}
