package io.narthex.backend.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server and cuts connections: before a request, within it, after it
 * and before the reply, and within the reply.
 */
final class CuttingProxy implements AutoCloseable {
  private static final int CHUNK = 4_096;

  private final ServerSocket listener;
  private final URI server;
  private final Random random = new Random(20_26);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong cuts = new AtomicLong();

  /** How often a piece of what is said is not, or not wholly, passed on. */
  private volatile double share;

  private CuttingProxy(final URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static CuttingProxy before(final URI server) {
    try {
      final CuttingProxy proxy = new CuttingProxy(server);
      start(proxy::accept);
      return proxy;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
  }

  void cut(final double those) {
    this.share = those;
  }

  long cuts() {
    return cuts.get();
  }

  /** Cuts all connections that there are. */
  void cutAll() {
    open.forEach(CuttingProxy::shut);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        final Socket client = listener.accept();
        final Socket behind = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(behind);
        start(() -> pass(client, behind));
        start(() -> pass(behind, client));
      } catch (final IOException e) {
        // Closed, or the server is away: the client finds out.
      }
    }
  }

  private void pass(final Socket from, final Socket to) {
    try {
      final InputStream in = from.getInputStream();
      final OutputStream out = to.getOutputStream();
      final byte[] piece = new byte[CHUNK];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        if (random.nextDouble() < share) {
          cuts.incrementAndGet();
          out.write(piece, 0, random.nextBoolean() ? 0 : random.nextInt(length));
          break;
        }
        out.write(piece, 0, length);
      }
    } catch (final IOException e) {
      // The other side was cut.
    } finally {
      open.remove(from);
      open.remove(to);
      shut(from);
      shut(to);
    }
  }

  private static void shut(final Socket socket) {
    try {
      socket.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(final Runnable task) {
    final Thread thread = new Thread(task, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }
}
