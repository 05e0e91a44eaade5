package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The segments of a file that can be used, as the directory shows them, which may grow. */
final class Directory {
  private final FileImage image;
  private List<Segment> usable = List.of();
  private int rows;

  Directory(final FileImage image) {
    this.image = image;
    reload();
  }

  /**
   * Reads the rows that have come since.
   *
   * @return whether there are any
   */
  boolean reload() {
    int end = rows;
    while (end < Layout.DIRECTORY_ROWS && image.getLong(Segment.rowAt(end)) != 0) {
      end++;
    }
    if (end == rows) {
      return false;
    }
    image.refresh(); // after the rows: the file is as long as a row says before the row is written
    final List<Segment> found = new ArrayList<>();
    for (int row = 0; row < end; row++) {
      final Segment segment = Segment.read(image, row);
      if (segment.isUsable(image.size())) {
        found.add(segment);
      }
    }
    found.sort(Comparator.comparingLong(Segment::offset));
    final List<Segment> disjoint = new ArrayList<>();
    long free = 0;
    for (final Segment segment : found) {
      if (segment.offset() >= free) {
        disjoint.add(segment);
        free = segment.end();
      }
    }
    usable = disjoint;
    rows = end;
    return true;
  }

  /** How many rows the directory has, usable or not. */
  int rows() {
    return rows;
  }

  /** In the order of their offsets. */
  List<Segment> segments() {
    return usable;
  }

  /** Whether the segment of a row can be used. */
  boolean isUsable(final int row) {
    return usable.stream().anyMatch(segment -> segment.row() == row);
  }

  /** Of one kind, the oldest first. */
  List<Segment> ofKind(final int kind) {
    return usable.stream()
        .filter(segment -> segment.kind() == kind)
        .sorted(Comparator.comparingInt(Segment::row))
        .toList();
  }

  /** The segment of a kind that has a range; null if there is none. */
  Segment find(final int kind, final long offset, final long length) {
    Segment segment = segmentAt(offset);
    if (segment == null && reload()) {
      segment = segmentAt(offset);
    }
    return segment != null && segment.kind() == kind && segment.holds(offset, length)
        ? segment
        : null;
  }

  /** The segment that has a byte; null if there is none. */
  Segment segmentAt(final long offset) {
    int low = 0;
    int high = usable.size() - 1;
    while (low <= high) {
      final int middle = (low + high) >>> 1;
      final Segment segment = usable.get(middle);
      if (offset < segment.offset()) {
        high = middle - 1;
      } else if (offset >= segment.end()) {
        low = middle + 1;
      } else {
        return segment;
      }
    }
    return null;
  }

  /** How many units of a segment are taken now. */
  long used(final Segment segment) {
    return image.getLong(segment.usedAt());
  }
}
