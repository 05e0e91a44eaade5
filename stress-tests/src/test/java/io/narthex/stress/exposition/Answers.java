package io.narthex.stress.exposition;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** Reads one answer of HTTP/1.1 after the other from a connection. */
final class Answers {
  private static final String VERSION = "HTTP/1.1 ";
  private static final String LENGTH = "content-length:";
  private static final String CHUNKED = "transfer-encoding: chunked";
  private static final int MAX_LINE = 8 * 1024;
  private static final int BUFFER = 32 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];

  Answers(final InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /**
   * Reads an answer to a request that was not for the head alone.
   *
   * @param body where to put what it says
   * @return the status
   * @throws EOFException if the connection ends before or in the middle of it
   */
  int next(final OutputStream body) throws IOException {
    final String status = line();
    if (!status.startsWith(VERSION)) {
      throw new IOException("no answer of HTTP/1.1: " + status);
    }
    long length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      final String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).strip());
      } else if (header.equals(CHUNKED)) {
        chunked = true;
      }
    }
    if (chunked) {
      chunks(body);
    } else {
      copy(length, body);
    }
    return Integer.parseInt(status.substring(VERSION.length(), VERSION.length() + 3));
  }

  private void chunks(final OutputStream body) throws IOException {
    long length;
    do {
      length = Long.parseLong(line(), 16);
      copy(length, body);
      if (!line().isEmpty()) {
        throw new IOException("a chunk is longer than it says");
      }
    } while (length > 0);
  }

  private void copy(final long length, final OutputStream body) throws IOException {
    long left = length;
    while (left > 0) {
      final int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException(left + " bytes are missing");
      }
      body.write(buffer, 0, read);
      left -= read;
    }
  }

  private String line() throws IOException {
    final StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ends after '" + line + "'");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("a line without an end: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
