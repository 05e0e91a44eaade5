package io.narthex.tools.demo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection over loopback. It never sends a request twice, as the JDK's
 * clients may, and costs a fraction of them: workers and clients share the machine. For one thread.
 */
final class HttpConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  HttpConnection(final int port) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (final IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Sends a request and reads its whole answer.
   *
   * @return the status
   * @throws IOException if there was no whole answer; the connection is of no more use
   */
  int exchange(final String method, final String path, final String body) throws IOException {
    final String request =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    final String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no HTTP: " + status);
    }
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without a length");
    }
    if (in.readNBytes(length).length < length) {
      throw new EOFException("half an answer");
    }
    return Integer.parseInt(status.substring(9, 12));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (final IOException e) {
      // It is of no more use anyway.
    }
  }

  private String line() throws IOException {
    final StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("half an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
