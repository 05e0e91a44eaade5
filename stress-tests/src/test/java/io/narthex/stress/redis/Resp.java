package io.narthex.stress.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what a client and a server of Redis say to each other (RESP 2) into requests and replies.
 */
final class Resp {
  private Resp() {}

  /**
   * Reads one value, with all that is in it.
   *
   * @return its bytes as they came, or null at the end of the stream
   */
  static byte[] next(final InputStream in) throws IOException {
    final ByteArrayOutputStream value = new ByteArrayOutputStream();
    final int first = in.read();
    if (first < 0) {
      return null;
    }
    copy(first, in, value);
    return value.toByteArray();
  }

  /** The name of the command in a request. */
  static String command(final byte[] request) {
    final String[] lines = new String(request, StandardCharsets.ISO_8859_1).split("\r\n", 4);
    return lines.length > 2 ? lines[2] : "";
  }

  private static void copy(final int type, final InputStream in, final ByteArrayOutputStream out)
      throws IOException {
    out.write(type);
    final String line = line(in, out);
    if (type == '$') {
      final int length = Integer.parseInt(line);
      if (length >= 0) {
        out.write(in.readNBytes(length + 2));
      }
    } else if (type == '*') {
      final int count = Integer.parseInt(line);
      for (int i = 0; i < count; i++) {
        final int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        copy(next, in, out);
      }
    }
  }

  private static String line(final InputStream in, final ByteArrayOutputStream out)
      throws IOException {
    final StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      out.write(c);
      if (c != '\r') {
        line.append((char) c);
      }
    }
    out.write('\n');
    return line.toString();
  }
}
