package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads a family's record as {@link FamilyRecordDescriptor} draws it. */
final class FamilyCodec {
  /** Numbers in the file, not ordinals: the order of the constants is no part of the layout. */
  private static final List<MetricType> TYPES =
      List.of(
          MetricType.COUNTER,
          MetricType.GAUGE,
          MetricType.HISTOGRAM,
          MetricType.SUMMARY,
          MetricType.INFO,
          MetricType.STATESET);

  private static final List<GaugeMode> MODES =
      List.of(
          GaugeMode.SHARED,
          GaugeMode.SUM,
          GaugeMode.MIN,
          GaugeMode.MAX,
          GaugeMode.MOST_RECENT,
          GaugeMode.ALL,
          GaugeMode.LIVE_SUM,
          GaugeMode.LIVE_MIN,
          GaugeMode.LIVE_MAX,
          GaugeMode.LIVE_ALL);

  private FamilyCodec() {}

  /** Encodes a family whose names are not settled yet. */
  static byte[] encode(final FamilyDescriptor family, final long hash, final long createdMillis) {
    final List<byte[]> strings = new ArrayList<>();
    strings.add(utf8(family.name()));
    strings.add(utf8(family.help()));
    strings.add(utf8(family.unit()));
    family.labelNames().forEach(name -> strings.add(utf8(name)));
    family.states().forEach(state -> strings.add(utf8(state)));
    int length = FamilyRecordDescriptor.BODY_OFFSET + family.boundCount() * Double.BYTES;
    for (final byte[] string : strings) {
      length += Integer.BYTES + string.length;
    }
    final byte[] bytes = new byte[RecordDescriptor.align(length)];
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(RecordDescriptor.LENGTH_OFFSET, bytes.length);
    record.putInt(RecordDescriptor.KIND_OFFSET, RecordDescriptor.KIND_FAMILY);
    record.putLong(RecordDescriptor.HASH_OFFSET, hash);
    record.putLong(FamilyRecordDescriptor.STATE_OFFSET, FamilyRecordDescriptor.PENDING);
    record.putInt(FamilyRecordDescriptor.TYPE_OFFSET, TYPES.indexOf(family.type()));
    record.putInt(FamilyRecordDescriptor.MODE_OFFSET, MODES.indexOf(family.gaugeMode()));
    record.putLong(FamilyRecordDescriptor.CREATED_OFFSET, createdMillis);
    record.putInt(FamilyRecordDescriptor.LABEL_COUNT_OFFSET, family.labelNames().size());
    record.putInt(FamilyRecordDescriptor.BOUND_COUNT_OFFSET, family.boundCount());
    record.putInt(FamilyRecordDescriptor.STATE_COUNT_OFFSET, family.states().size());
    record.position(FamilyRecordDescriptor.BODY_OFFSET);
    for (int i = 0; i < family.boundCount(); i++) {
      record.putDouble(family.bound(i));
    }
    for (final byte[] string : strings) {
      record.putInt(string.length).put(string);
    }
    record.putLong(
        RecordDescriptor.CHECKSUM_OFFSET,
        Checksum.ofRecord(bytes, RecordDescriptor.KIND_FAMILY, bytes.length));
    return bytes;
  }

  /**
   * Decodes a record whose checksum is right.
   *
   * @return null if it makes no sense all the same
   */
  static FamilyDescriptor decode(final byte[] bytes) {
    final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      final int type = record.getInt(FamilyRecordDescriptor.TYPE_OFFSET);
      final int mode = record.getInt(FamilyRecordDescriptor.MODE_OFFSET);
      if (type < 0 || type >= TYPES.size() || mode < 0 || mode >= MODES.size()) {
        return null;
      }
      record.position(FamilyRecordDescriptor.BODY_OFFSET);
      final double[] bounds = bounds(record);
      if (bounds == null) {
        return null;
      }
      final FamilyDescriptor.Builder builder =
          FamilyDescriptor.builder(TYPES.get(type), string(record)).gaugeMode(MODES.get(mode));
      return builder
          .bounds(bounds)
          .help(string(record))
          .unit(string(record))
          .labelNames(strings(record, record.getInt(FamilyRecordDescriptor.LABEL_COUNT_OFFSET)))
          .states(strings(record, record.getInt(FamilyRecordDescriptor.STATE_COUNT_OFFSET)))
          .build();
    } catch (final BufferUnderflowException e) {
      return null;
    }
  }

  private static double[] bounds(final ByteBuffer record) {
    final int count = record.getInt(FamilyRecordDescriptor.BOUND_COUNT_OFFSET);
    if (count < 0 || count > record.remaining() / Double.BYTES) {
      return null;
    }
    final double[] bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = record.getDouble();
    }
    return bounds;
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

  private static byte[] utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
