package io.narthex.stress.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between clients and a server, passes on what is asked, and damages some of the replies.
 * Connections that broke by it are ended; one whose reply was damaged otherwise goes on, or is
 * ended, by chance.
 */
final class DamagingProxy implements AutoCloseable {
  private static final String NO_SCRIPT = "-NOSCRIPT No matching script. Please use EVAL.\r\n";
  private static final long MOST_LATE_MILLIS = 40;

  private final ServerSocket listener;
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  // Under this object's lock.
  private final Random random;
  private final Map<Wound, Integer> inflicted = new EnumMap<>(Wound.class);
  private List<Wound> wounds = List.of();
  private double share;

  /** How many more replies are damaged at most. */
  private long left;

  /** The connection whose reply was the one to be damaged. */
  private Socket struck;

  private boolean forgetful;
  private long forgotten;

  private DamagingProxy(final URI server, final long seed) throws IOException {
    this.server = server;
    this.random = new Random(seed);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static DamagingProxy before(final URI server, final long seed) {
    try {
      final DamagingProxy proxy = new DamagingProxy(server, seed);
      start(proxy::accept);
      return proxy;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
  }

  /** From now on damages that share of the replies in one of these ways. */
  synchronized void damage(final Set<Wound> ways, final double those) {
    wounds = List.copyOf(ways);
    share = those;
    left = Long.MAX_VALUE;
  }

  /** Damages the next reply, and no other one; its connection goes on. */
  synchronized void damageOne(final Wound way) {
    wounds = List.of(way);
    share = 1;
    left = 1;
  }

  /** Whether the one reply was damaged, and the client ended its connection since. */
  synchronized boolean isStruckOneEnded() {
    return struck != null && !open.contains(struck);
  }

  /** From now on damages nothing any more, also not on the connections that there are. */
  synchronized void beHonest() {
    share = 0;
    forgetful = false;
  }

  /**
   * From now on says to each script that is named by its digest, once it ran, that it is unknown.
   */
  synchronized void forgetScripts() {
    forgetful = true;
  }

  synchronized long forgottenScripts() {
    return forgotten;
  }

  /** How many replies were damaged in each way. */
  synchronized Map<Wound, Integer> inflicted() {
    return new EnumMap<>(inflicted);
  }

  synchronized long count() {
    return inflicted.values().stream().mapToLong(Integer::longValue).sum();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        final Socket client = listener.accept();
        final Socket behind = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        open.add(client);
        open.add(behind);
        final Queue<String> commands = new ConcurrentLinkedQueue<>();
        start(() -> ask(client, behind, commands));
        start(() -> answer(behind, client, commands));
      } catch (final IOException e) {
        // Closed, or the server is away: the client finds out.
      }
    }
  }

  private void ask(final Socket client, final Socket behind, final Queue<String> commands) {
    try {
      final InputStream in = new BufferedInputStream(client.getInputStream());
      final OutputStream out = behind.getOutputStream();
      for (byte[] request = Resp.next(in); request != null; request = Resp.next(in)) {
        commands.add(Resp.command(request));
        out.write(request);
      }
    } catch (final IOException e) {
      // The other side is gone.
    } finally {
      end(client, behind);
    }
  }

  private void answer(final Socket behind, final Socket client, final Queue<String> commands) {
    try {
      final InputStream in = new BufferedInputStream(behind.getInputStream());
      final OutputStream out = client.getOutputStream();
      for (byte[] reply = Resp.next(in); reply != null; reply = Resp.next(in)) {
        if (!pass(reply, commands.remove(), client, out)) {
          break;
        }
      }
    } catch (final IOException e) {
      // The other side is gone.
    } finally {
      end(client, behind);
    }
  }

  /** Passes a reply on, whole or not; false if it was the last one. */
  private boolean pass(
      final byte[] reply, final String command, final Socket client, final OutputStream out)
      throws IOException {
    final byte[] instead;
    final long late;
    final boolean goesOn;
    synchronized (this) {
      final boolean forget = forgetful && command.equals("EVALSHA");
      final Wound wound =
          left > 0 && random.nextDouble() < share
              ? wounds.get(random.nextInt(wounds.size()))
              : null;
      if (wound == null) {
        forgotten += forget ? 1 : 0;
        instead = forget ? NO_SCRIPT.getBytes(StandardCharsets.US_ASCII) : reply;
        late = 0;
        goesOn = true;
      } else {
        left--;
        inflicted.merge(wound, 1, Integer::sum);
        instead = wound.instead(reply, random);
        late = wound == Wound.LATE ? 1 + random.nextInt((int) MOST_LATE_MILLIS) : 0;
        struck = left == 0 ? client : struck;
        goesOn = !wound.isLast() && (wound == Wound.LATE || left == 0 || random.nextInt(8) > 0);
      }
    }
    pause(late);
    out.write(instead);
    return goesOn;
  }

  private static void pause(final long millis) {
    try {
      Thread.sleep(millis);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void end(final Socket client, final Socket behind) {
    for (final Socket socket : List.of(client, behind)) {
      open.remove(socket);
      shut(socket);
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
    final Thread thread = new Thread(task, "damaging-proxy");
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
    open.forEach(DamagingProxy::shut);
  }
}
