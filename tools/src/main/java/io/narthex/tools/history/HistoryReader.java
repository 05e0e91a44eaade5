package io.narthex.tools.history;

import io.narthex.NarthexException;
import io.narthex.tools.history.HistoryDirectory.Segment;
import io.narthex.tools.reading.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Shows what a history holds, from the oldest entry on, as often as asked; it may grow, and lose
 * its oldest segment, meanwhile. What is damaged is left out and kept in {@link #troubles}.
 */
final class HistoryReader {
  private final HistoryDirectory directory;
  private final Troubles troubles = new Troubles();

  private HistoryReader(final HistoryDirectory directory) {
    this.directory = directory;
  }

  /**
   * What is shown.
   *
   * @param <X> what it may throw to end the visit
   */
  interface Visitor<X extends Exception> {
    void moment(Reading reading) throws X;
  }

  /**
   * Opens a history.
   *
   * @throws NarthexException if there is none
   */
  static HistoryReader open(final Path path) {
    final HistoryDirectory directory = new HistoryDirectory(path);
    if (directory.segments().isEmpty()) {
      throw new NarthexException(
          path + " holds no history; give the directory that narthex record was given");
    }
    return new HistoryReader(directory);
  }

  Troubles troubles() {
    return troubles;
  }

  /** When all moments and notes were, without what they hold. */
  Timeline timeline() {
    final Timeline timeline = new Timeline();
    for (final Segment segment : directory.segments()) {
      final SegmentReader entries = open(segment);
      while (entries != null && entries.next()) {
        switch (entries.kind()) {
          case EntryDescriptor.KEYFRAME, EntryDescriptor.CHANGE -> timeline.add(entries.millis());
          case EntryDescriptor.NOTE -> timeline.note(entries.millis(), note(entries));
          default -> entries.damaged(entries.offset(), "its kind is unknown; it is left out");
        }
      }
    }
    return timeline;
  }

  /**
   * Shows the moments of a time, in the order in which they were recorded.
   *
   * @param from the first of it, ms since the epoch
   * @param to the last of it
   */
  <X extends Exception> void visit(final long from, final long to, final Visitor<X> visitor)
      throws X {
    for (final Segment segment : directory.segments()) {
      final SegmentReader entries = open(segment);
      if (entries != null) {
        new Moments(entries).visit(from, to, visitor);
      }
    }
  }

  /** Null if it was dropped meanwhile. */
  private SegmentReader open(final Segment segment) {
    try {
      return SegmentReader.open(segment, troubles);
    } catch (final NoSuchFileException e) {
      return null;
    } catch (final IOException e) {
      throw HistoryDirectory.failed("read", segment.path(), e);
    }
  }

  private static String note(final SegmentReader entries) {
    try {
      return new String(entries.payload(entries.offset()), StandardCharsets.UTF_8);
    } catch (final DamageException e) {
      entries.damaged(entries.offset(), e.getMessage());
      return "";
    }
  }

  /** The moments of one segment. A keyframe is read only when it is asked for. */
  private static final class Moments {
    private static final int NONE = -1;

    private final SegmentReader entries;
    private int keyframeOffset = NONE;
    private long keyframeMillis;
    private State keyframe;

    /** The keyframe that a change was to and that is not there, and how many have been. */
    private int missing = NONE;

    private int lost;

    Moments(final SegmentReader entries) {
      this.entries = entries;
    }

    <X extends Exception> void visit(final long from, final long to, final Visitor<X> visitor)
        throws X {
      while (entries.next()) {
        final boolean isWanted = entries.millis() >= from && entries.millis() <= to;
        if (entries.kind() == EntryDescriptor.KEYFRAME) {
          keyframeOffset = entries.offset();
          keyframeMillis = entries.millis();
          keyframe = null;
        }
        if (isWanted) {
          final Reading reading = read();
          if (reading != null) {
            visitor.moment(reading);
          }
        }
      }
      tellLost();
    }

    /** The moment of this entry; null if it is none, or cannot be shown. */
    private Reading read() {
      final int offset = entries.offset();
      try {
        switch (entries.kind()) {
          case EntryDescriptor.KEYFRAME -> {
            final Reading reading =
                StateDecoder.decode(State.EMPTY, entries.payload(offset), entries.millis());
            keyframe = new State(reading);
            return reading;
          }
          case EntryDescriptor.CHANGE -> {
            return change(offset);
          }
          default -> {
            return null;
          }
        }
      } catch (final DamageException e) {
        entries.damaged(offset, e.getMessage() + "; it is left out");
        return null;
      }
    }

    private Reading change(final int offset) throws DamageException {
      if (entries.base() != keyframeOffset) {
        if (missing != entries.base()) {
          tellLost();
          missing = entries.base();
        }
        lost++;
        return null;
      }
      if (keyframe == null) {
        keyframe =
            new State(
                StateDecoder.decode(State.EMPTY, entries.payload(keyframeOffset), keyframeMillis));
      }
      return StateDecoder.decode(keyframe, entries.payload(offset), entries.millis());
    }

    private void tellLost() {
      if (lost > 0) {
        entries.damaged(
            missing, lost + " later moments were kept as changes to it, and are lost with it");
      }
      lost = 0;
    }
  }
}
