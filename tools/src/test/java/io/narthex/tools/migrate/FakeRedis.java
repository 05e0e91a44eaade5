package io.narthex.tools.migrate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A server of one connection that answers as it is told; closing it ends that. */
final class FakeRedis implements AutoCloseable {
  private final ServerSocket server;
  private final Answers answers;
  private volatile Socket client;

  /** What is answered. */
  @FunctionalInterface
  interface Answers {
    /** Answers a command, given by its words. */
    void answer(List<String> command, OutputStream out) throws IOException, InterruptedException;
  }

  private FakeRedis(final Answers answers) throws IOException {
    this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.answers = answers;
  }

  static FakeRedis start(final Answers answers) throws IOException {
    final FakeRedis fake = new FakeRedis(answers);
    final Thread thread = new Thread(fake::serve, "fake-redis");
    thread.setDaemon(true);
    thread.start();
    return fake;
  }

  /** Answers the greeting well, and all else with the same bytes. */
  static FakeRedis start(final String reply) throws IOException {
    return start((command, out) -> write(out, isGreeting(command) ? "+OK\r\n" : reply));
  }

  static boolean isGreeting(final List<String> command) {
    return List.of("HELLO", "CLIENT", "AUTH", "SELECT", "QUIT").contains(command.get(0));
  }

  static void write(final OutputStream out, final String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    try (Socket socket = server.accept()) {
      client = socket;
      final BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        final int words = Integer.parseInt(line.substring(1));
        final List<String> command = new ArrayList<>();
        for (int i = 0; i < words; i++) {
          in.readLine();
          command.add(in.readLine());
        }
        command.set(0, command.get(0).toUpperCase(Locale.ROOT));
        answers.answer(command, socket.getOutputStream());
      }
    } catch (final IOException | InterruptedException e) {
      // The other side has had enough.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    final Socket socket = client;
    if (socket != null) {
      socket.close();
    }
  }
}
