package io.narthex.stress.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Clients that turn to one server, each with a connection of its own, until the storm is closed.
 * Each has its turns at times that are fixed beforehand, and leaves out those for which it is late:
 * so a server that answers quickly does not get more to do than one that does not.
 */
final class Storm implements AutoCloseable {
  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: x\r\n";

  /** What scrapers ask for, in turn. */
  private static final String[] SCRAPES = {
    GET + "\r\n",
    GET + "Accept-Encoding: gzip\r\n\r\n",
    GET + "Accept: application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1\r\n\r\n",
    GET + "Accept: text/plain\r\nAccept-Encoding: identity\r\n\r\n"
  };

  /** Where requests stop for good. */
  private static final String[] BEGINNINGS = {
    "G", "GET /metr", "GET /metrics HTTP/1.1\r", GET, GET + "Accept: text/pl"
  };

  /** More than the kernel buffers on the way, so that who reads slowly holds up a thread. */
  private static final String MANY_SCRAPES = SCRAPES[0].repeat(30);

  private static final Duration SCRAPE_PERIOD = Duration.ofMillis(250);
  private static final int ANSWER_GUARD_MILLIS = 200;

  /**
   * A packet that a full backlog drops is sent again after one second, then after two, and so on.
   */
  private static final int CONNECT_MILLIS = 5_000;

  private static final int SMALL_BUFFER = 4 * 1024;

  private final InetSocketAddress target;
  private final Mix mix;
  private final List<byte[]> badRequests = BadRequests.all();
  private final List<Thread> threads = new ArrayList<>();

  /** With each, whether its client means to keep it. */
  private final Map<Socket, Boolean> sockets = new HashMap<>();

  /** The threads of the clients that have had a connection, one of each. */
  private final Set<Thread> met = ConcurrentHashMap.newKeySet();

  private final AtomicLong scraped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private volatile boolean over;

  private Storm(final int port, final Mix mix) {
    this.mix = mix;
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * How many clients of each kind there are.
   *
   * @param scrapers scrape four times in a second, each on one connection
   * @param bad send a bad request four times in a second, each on a new connection
   * @param slow ask for many pages, and read a byte at a time
   * @param halfOpen begin a request and never end it
   * @param idle connect and send nothing
   * @param back after so long who was cut off, slow or half open or idle, comes back
   */
  record Mix(int scrapers, int bad, int slow, int halfOpen, int idle, Duration back) {
    int connections() {
      return scrapers + bad + slow + halfOpen + idle;
    }

    /** How many of them keep their connections. */
    int lasting() {
      return connections() - bad;
    }
  }

  static Storm on(final int port, final Mix mix) {
    final Storm storm = new Storm(port, mix);
    storm.start(mix.scrapers, SCRAPE_PERIOD, storm::scraper);
    storm.start(mix.bad, SCRAPE_PERIOD, storm::bad);
    storm.start(mix.slow, mix.back, storm::slow);
    storm.start(mix.halfOpen, mix.back, storm::halfOpen);
    storm.start(mix.idle, mix.back, number -> turn -> storm.stay(""));
    return storm;
  }

  /** Scrapes so often, one scrape after the other, so that what a scrape needs is compiled. */
  static void warmUp(final int port, final int scrapes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) ServingChild.GUARD.toMillis());
      final Answers answers = new Answers(socket.getInputStream());
      for (int i = 0; i < scrapes; i++) {
        send(socket, bytes(SCRAPES[i % SCRAPES.length]));
        if (answers.next(OutputStream.nullOutputStream()) != 200) {
          throw new IOException("no page at scrape " + i);
        }
      }
    }
  }

  /**
   * Waits until each client has had a connection, and all that keep theirs have one at once.
   *
   * @throws AssertionError if the server does not let them
   */
  void awaitGathered() {
    await(() -> met.size() == mix.connections() && lasting() == mix.lasting());
  }

  /**
   * Waits until each client has had a connection.
   *
   * @throws AssertionError if the server does not let them
   */
  void awaitMet() {
    await(() -> met.size() == mix.connections());
  }

  /** Waits until so many pages came whole. */
  void awaitScraped(final long pages) {
    await(() -> scraped() >= pages);
  }

  private void await(final BooleanSupplier reached) {
    final long deadline = System.nanoTime() + ServingChild.GUARD.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        throw new AssertionError(
            "of %d clients %d had a connection; of %d that keep theirs %d have one; %d pages"
                .formatted(mix.connections(), met.size(), mix.lasting(), lasting(), scraped()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private long lasting() {
    synchronized (sockets) {
      return sockets.entrySet().stream()
          .filter(socket -> socket.getValue() && socket.getKey().isConnected())
          .count();
    }
  }

  /** How many scrapers' pages came whole until now. */
  long scraped() {
    return scraped.get();
  }

  /** How many turns ended with an exception: what was sent was not wanted, or not answered. */
  long failed() {
    return failed.get();
  }

  /** Closes all connections and ends all clients. */
  @Override
  public void close() {
    synchronized (sockets) {
      over = true;
      sockets.keySet().forEach(Storm::close);
    }
    threads.forEach(LockSupport::unpark);
    try {
      for (final Thread thread : threads) {
        thread.join(ServingChild.GUARD.toMillis());
        if (thread.isAlive()) {
          throw new AssertionError(thread + " does not end");
        }
      }
    } catch (final InterruptedException e) {
      throw new AssertionError("interrupted while the storm ends", e);
    }
    if (broken.get() != null) {
      throw new AssertionError("a client of the storm is broken", broken.get());
    }
  }

  private void start(final int clients, final Duration period, final ClientMaker maker) {
    final long begin = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      final long first = begin + period.toNanos() * i / clients;
      final Client client = maker.make(i);
      final Thread thread = new Thread(() -> takeTurns(client, first, period.toNanos()), "storm");
      threads.add(thread);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void takeTurns(final Client client, final long first, final long period) {
    long due = first;
    for (int turn = 0; !over; turn++) {
      sleepUntil(due);
      try {
        client.turn(turn);
      } catch (final IOException e) {
        if (!over) {
          failed.incrementAndGet();
        }
      } catch (final RuntimeException | Error e) {
        broken.compareAndSet(null, e);
        return;
      }
      final long late = Math.max(0, System.nanoTime() - due);
      due += (late / period + 1) * period;
    }
  }

  private void sleepUntil(final long due) {
    for (long left = due - System.nanoTime(); left > 0 && !over; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private Client scraper(final int number) {
    return new Client() {
      private Socket socket;
      private Answers answers;

      @Override
      public void turn(final int turn) throws IOException {
        if (socket == null) {
          socket = connect(0, true);
          answers = new Answers(socket.getInputStream());
        }
        try {
          send(socket, bytes(SCRAPES[(number + turn) % SCRAPES.length]));
          if (answers.next(OutputStream.nullOutputStream()) == 200) {
            scraped.incrementAndGet();
          }
        } catch (final IOException e) {
          disconnect(socket);
          socket = null;
          throw e;
        }
      }
    };
  }

  private Client bad(final int number) {
    return turn -> {
      final Socket socket = connect(0, false);
      try {
        send(socket, badRequests.get((number + turn) % badRequests.size()));
        // To the end; or until it is sure that the server waits for more.
        socket.setSoTimeout(ANSWER_GUARD_MILLIS);
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (final SocketTimeoutException e) {
        // So it does.
      } finally {
        disconnect(socket);
      }
    };
  }

  private Client slow(final int number) {
    return turn -> {
      final Socket socket = connect(SMALL_BUFFER, true);
      try {
        send(socket, bytes(MANY_SCRAPES));
        final InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + number % 2));
        }
      } finally {
        disconnect(socket);
      }
    };
  }

  private Client halfOpen(final int number) {
    return turn -> stay(BEGINNINGS[(number + turn) % BEGINNINGS.length]);
  }

  private void stay(final String beginning) throws IOException {
    final Socket socket = connect(0, true);
    try {
      send(socket, bytes(beginning));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } finally {
      disconnect(socket);
    }
  }

  private Socket connect(final int receiveBuffer, final boolean lasting) throws IOException {
    final Socket socket = new Socket();
    synchronized (sockets) {
      if (over) {
        throw new IOException("the storm is over");
      }
      sockets.put(socket, lasting);
    }
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(target, CONNECT_MILLIS);
    } catch (final IOException e) {
      disconnect(socket);
      throw e;
    }
    met.add(Thread.currentThread());
    return socket;
  }

  private void disconnect(final Socket socket) {
    synchronized (sockets) {
      sockets.remove(socket);
    }
    close(socket);
  }

  private static void close(final Socket socket) {
    try {
      socket.close();
    } catch (final IOException e) {
      // It is gone in any case.
    }
  }

  private static void send(final Socket socket, final byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What a client does when it is its turn. */
  private interface Client {
    void turn(int turn) throws IOException;
  }

  /** Makes a client of a number. */
  private interface ClientMaker {
    Client make(int number);
  }
}
