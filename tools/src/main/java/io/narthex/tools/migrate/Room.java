package io.narthex.tools.migrate;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;

/** How long a metric and a series may be: each is one record of a mapped file. */
final class Room {
  private static final int RECORD = 1 << 20;

  /** What a record has of a metric besides texts and bounds, with the most that padding adds. */
  private static final int FAMILY_HEAD = 72 + 7;

  private static final int SERIES_HEAD = 96;

  private Room() {}

  /** What is too long of a metric, or null. */
  static String flaw(final FamilyDescriptor family) {
    long length = FAMILY_HEAD + (long) Double.BYTES * family.boundCount();
    for (final String text :
        Stream.concat(
                Stream.of(family.name(), family.help(), family.unit()),
                family.labelNames().stream())
            .toList()) {
      length += Integer.BYTES + (long) text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (length > RECORD) {
      return "its names, help and bounds take " + length + " bytes, more than " + RECORD;
    }
    final int labels = family.labelNames().size();
    // The series that counts for those without room has the longest value of all that have to be.
    return flaw(
        LabelSet.of(
                family.labelNames().toArray(new String[0]),
                Collections.nCopies(labels, NewFile.OVERFLOW).toArray(new String[0]))
            .textLength());
  }

  /** What is too long of a series whose labels take so many bytes, or null. */
  static String flaw(final int labelBytes) {
    return labelBytes > RECORD - SERIES_HEAD
        ? "its labels take "
            + labelBytes
            + " bytes, and a file has room for "
            + (RECORD - SERIES_HEAD)
        : null;
  }
}
