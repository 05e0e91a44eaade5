package io.narthex.tools.migrate;

import io.narthex.NarthexException;
import io.narthex.tools.text.Failures;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

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
 * bytes do, or finds keys that are none. It is read entry by entry each time, as a file, or what
 * looks like one, may be larger than the memory.
 */
final class MultiprocessFile {
  private static final int FIRST = 8;
  private static final int NUMBER = 8;

  /** A longer one is a forged length: no label values have that many characters. */
  private static final int LONGEST_KEY = 16 << 20;

  private static final int BUFFER = 64 << 10;

  private final Path path;
  private final DataInputStream in;
  private final int used;

  private MultiprocessFile(final Path path, final DataInputStream in, final int used) {
    this.path = path;
    this.in = in;
    this.used = used;
  }

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
   * @param entries gets them in their order
   * @throws NarthexException if it is none, before there is any entry, or cannot be read
   */
  static void read(final Path path, final Consumer<Entry> entries) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // To open a pipe would wait for somebody who writes to it, and a device may have no end.
        throw new NarthexException(
            path
                + " is no regular file, and client_python makes no others; delete it, or import"
                + " from a directory without it");
      }
      final int used = used(path);
      if (used == 0) {
        return; // made, and not yet begun
      }
      final int numbers =
          walk(path, used, NUMBER, entry -> {})
              ? NUMBER
              : walk(path, used, 2 * NUMBER, entry -> {}) ? 2 * NUMBER : 0;
      if (numbers == 0 || !walk(path, used, numbers, entries)) {
        throw flawed(path, "its entries do not fill the " + used + " bytes that it uses");
      }
    } catch (final IOException e) {
      throw new NarthexException("cannot read " + path + ": " + Failures.reason(e), e);
    }
  }

  private static int used(final Path path) throws IOException {
    final long size = Files.size(path);
    if (size < FIRST) {
      throw flawed(path, "it has " + size + " bytes");
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
      final int used = Integer.reverseBytes(in.readInt());
      if (used != 0 && (used < FIRST || used > size)) {
        throw flawed(
            path,
            "of its " + size + " bytes it says that it uses " + Integer.toUnsignedString(used));
      }
      return used;
    }
  }

  private static NarthexException flawed(final Path path, final String why) {
    return new NarthexException(
        path
            + " is no multi-process file of client_python, or is damaged: "
            + why
            + "; without that file in the directory the others can be imported");
  }

  /** Whether there are entries with so many bytes of numbers each, up to the end. */
  private static boolean walk(
      final Path path, final int used, final int numbers, final Consumer<Entry> entries)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
      in.skipNBytes(FIRST);
      return new MultiprocessFile(path, in, used).walk(numbers, entries);
    } catch (final EOFException e) {
      throw flawed(path, "it became shorter while it was read");
    }
  }

  private boolean walk(final int numbers, final Consumer<Entry> entries) throws IOException {
    long at = FIRST;
    while (at < used) {
      final int length = used - at < Integer.BYTES ? -1 : Integer.reverseBytes(in.readInt());
      if (length < 2 || length > LONGEST_KEY) {
        return false;
      }
      final int padding = NUMBER - (length + Integer.BYTES) % NUMBER;
      at += Integer.BYTES + length + padding + numbers;
      if (at > used) {
        return false;
      }
      final byte[] key = in.readNBytes(length);
      if (key.length < length) {
        throw new EOFException(path.toString());
      }
      if (key[0] != '[' || key[length - 1] != ']') {
        return false;
      }
      in.skipNBytes(padding);
      final double value = number();
      final double timestamp = numbers > NUMBER ? number() : 0;
      entries.accept(new Entry(new String(key, StandardCharsets.UTF_8), value, timestamp));
    }
    return true;
  }

  private double number() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(in.readLong()));
  }
}
