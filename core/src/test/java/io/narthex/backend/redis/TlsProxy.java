package io.narthex.backend.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS on one side and plain Redis on the other, on loopback. */
final class TlsProxy implements AutoCloseable {
  private final SSLServerSocket listening;
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger handshakes = new AtomicInteger();

  private TlsProxy(final SSLServerSocket listening, final URI server) {
    this.listening = listening;
    this.server = server;
  }

  static TlsProxy before(final URI server, final Path keys, final String password)
      throws Exception {
    final KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password.toCharArray());
    }
    final KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password.toCharArray());
    final SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    final SSLServerSocket listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    final TlsProxy proxy = new TlsProxy(listening, server);
    start(proxy::accept);
    return proxy;
  }

  private static void start(final Runnable work) {
    final Thread thread = new Thread(work, "tls-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many clients have found the certificate good. */
  int handshakes() {
    return handshakes.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        final SSLSocket client = (SSLSocket) listening.accept();
        open.add(client);
        start(() -> serve(client));
      } catch (final IOException e) {
        // closed, or a client that went away at once
      }
    }
  }

  private void serve(final SSLSocket client) {
    try (client;
        Socket redis = new Socket(server.getHost(), server.getPort())) {
      open.add(redis);
      client.startHandshake();
      handshakes.incrementAndGet();
      start(() -> copy(redis, client));
      copy(client, redis);
    } catch (final IOException e) {
      // one of the two went away
    }
  }

  private static void copy(final Socket from, final Socket to) {
    try {
      final InputStream in = from.getInputStream();
      final OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.close();
    } catch (final IOException e) {
      // one of the two went away
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (final Socket socket : open) {
        socket.close();
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
