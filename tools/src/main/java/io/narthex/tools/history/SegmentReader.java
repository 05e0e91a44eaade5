package io.narthex.tools.history;

import io.narthex.tools.history.HistoryDirectory.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Goes through a segment, entry by entry. What is damaged is told and stepped over: a payload by
 * its length, all else up to where the next entry begins.
 */
final class SegmentReader {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final String name;
  private final ByteBuffer bytes;
  private final Troubles troubles;
  private int at = -1;

  private SegmentReader(final String name, final ByteBuffer bytes, final Troubles troubles) {
    this.name = name;
    this.bytes = bytes;
    this.troubles = troubles;
  }

  static SegmentReader open(final Segment segment, final Troubles troubles) throws IOException {
    final ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(segment.path())).order(ByteOrder.LITTLE_ENDIAN);
    return new SegmentReader(
        segment.name(), isReadable(segment.name(), bytes, troubles) ? bytes : NOTHING, troubles);
  }

  private static boolean isReadable(
      final String name, final ByteBuffer bytes, final Troubles troubles) {
    if (SegmentDescriptor.isCutOff(bytes)) {
      troubles.headless(name);
      return false;
    }
    final String flaw = SegmentDescriptor.flaw(bytes);
    if (flaw != null) {
      troubles.damaged(name, 0, flaw);
      return true; // Entries are told by their own marks and checksums.
    }
    final String hindrance = SegmentDescriptor.hindrance(bytes);
    if (hindrance != null) {
      troubles.unreadable(name, hindrance);
    }
    return hindrance == null;
  }

  /** Goes to the next whole entry; false if there is none. */
  boolean next() {
    int from =
        at < 0
            ? SegmentDescriptor.LENGTH
            : at + EntryDescriptor.HEAD + EntryDescriptor.length(bytes, at);
    while (from < bytes.limit()) {
      if (!EntryDescriptor.isHead(bytes, from)) {
        from = skip(from);
        continue;
      }
      final long end = (long) from + EntryDescriptor.HEAD + EntryDescriptor.length(bytes, from);
      if (end > bytes.limit()) {
        troubles.incomplete(name, from);
        break;
      }
      if (EntryDescriptor.isPayloadWhole(bytes, from)) {
        at = from;
        return true;
      }
      troubles.damaged(name, from, "the checksum of the entry is wrong; it is left out");
      from = (int) end;
    }
    at = bytes.limit();
    return false;
  }

  /** Looks for the next entry from a place where none begins. */
  private int skip(final int from) {
    if (bytes.limit() - from < EntryDescriptor.HEAD) {
      troubles.incomplete(name, from);
      return bytes.limit();
    }
    int next = from + 1;
    while (next < bytes.limit() && !EntryDescriptor.isHead(bytes, next)) {
      next++;
    }
    troubles.damaged(name, from, "no entry begins there; " + (next - from) + " bytes are left out");
    return next;
  }

  int offset() {
    return at;
  }

  int kind() {
    return EntryDescriptor.kind(bytes, at);
  }

  long millis() {
    return EntryDescriptor.millis(bytes, at);
  }

  /** The offset of the keyframe that this entry is a change to. */
  int base() {
    return EntryDescriptor.base(bytes, at);
  }

  /** The payload of an entry that {@link #offset} told of. */
  byte[] payload(final int offset) throws DamageException {
    final byte[] payload = new byte[EntryDescriptor.inflatedLength(bytes, offset)];
    final Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(
          bytes.slice(offset + EntryDescriptor.HEAD, EntryDescriptor.length(bytes, offset)));
      int end = 0;
      while (end < payload.length) {
        final int more = inflater.inflate(payload, end, payload.length - end);
        if (more == 0) {
          throw new DamageException("its payload ends too early");
        }
        end += more;
      }
      return payload;
    } catch (final DataFormatException e) {
      throw new DamageException("its payload cannot be inflated: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  void damaged(final int offset, final String what) {
    troubles.damaged(name, offset, what);
  }
}
