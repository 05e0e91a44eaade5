package io.narthex.exposition;

import io.narthex.backend.Series;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The bytes of a page on their way to a stream: a fixed array that is written out whenever it is
 * full. Not for use by several threads.
 */
final class TextBuffer {
  private static final int CAPACITY = 32 * 1024;

  private final OutputStream out;
  private final byte[] bytes = new byte[CAPACITY];
  private int end;

  TextBuffer(final OutputStream out) {
    this.out = out;
  }

  void put(final byte[] piece) throws IOException {
    put(piece, piece.length);
  }

  /** Puts the first bytes of a piece. */
  void put(final byte[] piece, final int length) throws IOException {
    if (length > CAPACITY - end) {
      drain();
      if (length > CAPACITY) {
        out.write(piece, 0, length);
        return;
      }
    }
    System.arraycopy(piece, 0, bytes, end, length);
    end += length;
  }

  void put(final char ascii) throws IOException {
    if (end == CAPACITY) {
      drain();
    }
    bytes[end++] = (byte) ascii;
  }

  void putLabels(final Series series, final int length) throws IOException {
    if (length > CAPACITY - end) {
      drain();
      if (length > CAPACITY) {
        // The one case that allocates: labels of a series that are longer than the whole buffer.
        final byte[] labels = new byte[length];
        series.copyLabels(labels, 0);
        out.write(labels);
        return;
      }
    }
    series.copyLabels(bytes, end);
    end += length;
  }

  void putNumber(final double value) throws IOException {
    reserve(DecimalText.MAX_LENGTH);
    end = DecimalText.putDouble(value, bytes, end);
  }

  void putNumber(final long value) throws IOException {
    reserve(DecimalText.MAX_LENGTH);
    end = DecimalText.putLong(value, bytes, end);
  }

  /** Puts a time since the epoch as seconds with three decimals. */
  void putSeconds(final long millis) throws IOException {
    reserve(DecimalText.MAX_LENGTH);
    end = DecimalText.putMillisAsSeconds(millis, bytes, end);
  }

  /** Writes out everything and flushes the stream. */
  void flush() throws IOException {
    drain();
    out.flush();
  }

  private void reserve(final int length) throws IOException {
    if (length > CAPACITY - end) {
      drain();
    }
  }

  private void drain() throws IOException {
    // Forgotten before it is written: after an I/O error nothing is to be written twice.
    final int length = end;
    end = 0;
    if (length > 0) {
      out.write(bytes, 0, length);
    }
  }
}
