package io.narthex.tools.migrate;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code .db} file of client_python's multi-process mode. It is in the byte order of the machine
 * that wrote it, here little-endian:
 *
 * <pre>
 *   u32   bytes that are used, these included
 *   u32   nothing
 *   then entries, each:
 *     u32    length of the key
 *     bytes  the key, JSON, and blanks up to a multiple of 8 that the length counts into
 *     f64    value
 *     f64    when it was set, s since the epoch: since version 0.17 only
 * </pre>
 *
 * <p>Nothing says which version it is, so both are tried: a wrong one does not end where the used
 * bytes do, or finds keys that are none.
 */
final class MultiprocessFile {
  private static final int FIRST = 8;
  private static final int NUMBER = 8;

  private MultiprocessFile() {}

  /**
   * One value of a file.
   *
   * @param key JSON
   * @param timestamp when it was set, or 0
   */
  record Entry(String key, double value, double timestamp) {}

  /**
   * Reads a file, which may be in use.
   *
   * @throws NarthexException if it is none
   */
  static List<Entry> read(final Path path) {
    final ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (final IOException e) {
      throw new NarthexException("cannot read " + path + ": " + e.getMessage(), e);
    }
    if (bytes.limit() < FIRST) {
      throw flawed(path, "it has " + bytes.limit() + " bytes");
    }
    final int used = bytes.getInt(0);
    if (used == 0) {
      return List.of(); // made, and not yet begun
    }
    if (used < FIRST || used > bytes.limit()) {
      throw flawed(path, "of its " + bytes.limit() + " bytes it says that it uses " + used);
    }
    final List<Entry> withoutTime = entries(bytes, used, NUMBER);
    final List<Entry> found = withoutTime == null ? entries(bytes, used, 2 * NUMBER) : withoutTime;
    if (found == null) {
      throw flawed(path, "its entries do not fill the " + used + " bytes that it uses");
    }
    return found;
  }

  private static NarthexException flawed(final Path path, final String why) {
    return new NarthexException(
        path + " is no multi-process file of client_python, or is damaged: " + why);
  }

  /** The entries with so many bytes of numbers each; null if they are others. */
  private static List<Entry> entries(final ByteBuffer bytes, final int used, final int numbers) {
    final List<Entry> entries = new ArrayList<>();
    int at = FIRST;
    while (at < used) {
      final int length = used - at < Integer.BYTES ? -1 : bytes.getInt(at);
      if (length < 2 || length > used - at) {
        return null;
      }
      final int padded = length + NUMBER - (length + Integer.BYTES) % NUMBER;
      final long end = (long) at + Integer.BYTES + padded + numbers;
      if (end > used) {
        return null;
      }
      final byte[] key = new byte[length];
      bytes.get(at + Integer.BYTES, key);
      final int value = at + Integer.BYTES + padded;
      if (key[0] != '[' || key[length - 1] != ']') {
        return null;
      }
      entries.add(
          new Entry(
              new String(key, StandardCharsets.UTF_8),
              bytes.getDouble(value),
              numbers > NUMBER ? bytes.getDouble(value + NUMBER) : 0));
      at = (int) end;
    }
    return entries;
  }
}
