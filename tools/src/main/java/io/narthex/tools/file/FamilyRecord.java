package io.narthex.tools.file;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A family's record whose checksum is right.
 *
 * @param used how many of its bytes mean something; the others fill it up to a multiple of 8
 */
record FamilyRecord(
    long offset, int length, int used, long hash, long createdMillis, FamilyDescriptor descriptor) {

  /**
   * Decodes a record.
   *
   * @return null if it makes no sense
   */
  static FamilyRecord decode(final long offset, final byte[] bytes) {
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final int type = record.getInt(40);
    final int mode = record.getInt(44);
    final int labels = record.getInt(56);
    final int bounds = record.getInt(60);
    final int states = record.getInt(64);
    if (type < 0
        || type >= Layout.TYPES.size()
        || mode < 0
        || mode >= Layout.MODES.size()
        || bounds < 0
        || bounds > (bytes.length - Layout.FAMILY_BODY) / Double.BYTES) {
      return null;
    }
    try {
      record.position(Layout.FAMILY_BODY);
      final double[] limits = new double[bounds];
      for (int i = 0; i < bounds; i++) {
        limits[i] = record.getDouble();
      }
      final FamilyDescriptor descriptor =
          FamilyDescriptor.builder(Layout.TYPES.get(type), string(record))
              .gaugeMode(Layout.MODES.get(mode))
              .bounds(limits)
              .help(string(record))
              .unit(string(record))
              .labelNames(strings(record, labels))
              .states(strings(record, states))
              .build();
      return new FamilyRecord(
          offset,
          bytes.length,
          record.position(),
          record.getLong(8),
          record.getLong(48),
          descriptor);
    } catch (final BufferUnderflowException e) {
      return null;
    }
  }

  private static List<String> strings(final ByteBuffer record, final int count) {
    final List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strings.add(string(record));
    }
    return strings;
  }

  private static String string(final ByteBuffer record) {
    final int length = record.getInt();
    if (length < 0 || length > record.remaining()) {
      throw new BufferUnderflowException();
    }
    final byte[] text = new byte[length];
    record.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  MetricType type() {
    return descriptor.type();
  }

  String name() {
    return descriptor.name();
  }

  /** The name of its samples, but of histograms and summaries. */
  String shownName() {
    return descriptor.name() + descriptor.type().nameSuffix();
  }

  /** The offset of its state. */
  long stateAt() {
    return offset + 24;
  }

  /** Whether each process has a part of its own. */
  boolean hasParts() {
    return type() == MetricType.INFO
        || (type() == MetricType.GAUGE
            && descriptor.gaugeMode() != GaugeMode.SHARED
            && descriptor.gaugeMode() != GaugeMode.MOST_RECENT);
  }

  /** How many cells each of its series has in each stripe. */
  int cells() {
    if (hasParts()) {
      return 2;
    }
    return switch (type()) {
      case COUNTER -> 1;
      case HISTOGRAM, SUMMARY -> descriptor.boundCount() + 2;
      default -> 0;
    };
  }

  /** How many sums the baseline of one of its series has. */
  int sums() {
    return type() == MetricType.COUNTER ? 2 : cells();
  }

  @Override
  public String toString() {
    return "family " + Excerpts.of(shownName());
  }
}
