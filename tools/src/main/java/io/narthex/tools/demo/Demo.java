package io.narthex.tools.demo;

import io.narthex.MetricRegistry;
import io.narthex.exposition.MetricsServer;
import io.narthex.tools.StopSignal;
import io.narthex.tools.web.WebPage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One run of the demo, from the first worker's start to the comparison at the end. */
final class Demo {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration KILL_IF_ENDLESS = Duration.ofSeconds(5);

  private final int workers;
  private final Duration time;
  private final int port;
  private final Display display;
  private final StopSignal stop;

  /**
   * Makes a run.
   *
   * @param time how long clients send requests; zero: until the stop signal
   * @param port where to serve metrics, 0 for any free port
   */
  Demo(
      final int workers,
      final Duration time,
      final int port,
      final Display display,
      final StopSignal stop) {
    this.workers = workers;
    this.time = time;
    this.port = port;
    this.display = display;
    this.stop = stop;
  }

  /**
   * Runs it; nothing of it is left behind when this returns or throws.
   *
   * @throws io.narthex.NarthexException if it could not be run
   */
  Verdict run() {
    // The server is first, so that a port in use is told before anything else is begun.
    try (LateViewer viewer = new LateViewer();
        MetricRegistry registry = MetricRegistry.create(viewer);
        MetricsServer server =
            MetricsServer.start(
                registry,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new WebPage(registry, viewer)::around);
        DemoDirectory directory = DemoDirectory.create();
        Fleet fleet = new Fleet(directory.file(), workers, display::note)) {
      display.note("narthex demo: starting " + workers + (workers == 1 ? " worker" : " workers"));
      fleet.start();
      // The workers make the file; the parent has no part in it.
      if (!watchUntil(fleet, () -> fleet.serving() > 0)) {
        return Verdict.of(Map.of(), Tally.empty());
      }
      viewer.open(directory.file());
      return run(fleet, registry, directory.file(), server.port());
    }
  }

  private Verdict run(
      final Fleet fleet, final MetricRegistry registry, final Path file, final int boundPort) {
    try (Clients clients = new Clients(workers)) {
      if (watchUntil(fleet, () -> fleet.serving() == workers)) {
        display.note("file: " + file);
        display.note("metrics: http://127.0.0.1:" + boundPort + "/metrics");
        display.note("page: http://127.0.0.1:" + boundPort + "/");
        display.note("stop: Ctrl-C" + (time.isZero() ? "" : ", or wait " + seconds(time)));
        drive(fleet, clients, registry);
      }
      clients.finish();
      // Counted last by whoever is still at it; the kernel keeps no update back.
      fleet.stop();
      return Verdict.of(clients.ledger().answers(), Tally.of(registry));
    }
  }

  /** Lets the clients work and shows what the file says, until the time is over. */
  private void drive(final Fleet fleet, final Clients clients, final MetricRegistry registry) {
    final long start = System.nanoTime();
    final Duration killAfter = time.isZero() ? KILL_IF_ENDLESS : time.dividedBy(2);
    final Board board = new Board(start);
    boolean killed = false;
    Duration redrawAfter = Duration.ofSeconds(1);
    clients.targets(fleet.targets());
    clients.start();
    while (!isOver(start, fleet)) {
      final Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      if (!killed && elapsed.compareTo(killAfter) >= 0) {
        killed = true;
        fleet.killOne();
      }
      if (fleet.watch()) {
        clients.targets(fleet.targets());
      }
      if (elapsed.compareTo(redrawAfter) >= 0) {
        redrawAfter = Duration.ofSeconds(elapsed.toSeconds() + 1);
        display.show(board.next(Tally.of(registry), fleet));
      }
      if (display.isBroken() || stop.await(POLL)) {
        break;
      }
    }
    clients.finish();
    display.show(board.total(Tally.of(registry), fleet));
  }

  /** A successor that is still starting is waited for: it belongs to what is shown. */
  private boolean isOver(final long start, final Fleet fleet) {
    return !time.isZero() && System.nanoTime() - start >= time.toNanos() && fleet.isSettled();
  }

  /** Waits for something to happen to the fleet; false if the demo is to stop first. */
  private boolean watchUntil(final Fleet fleet, final BooleanSupplier happened) {
    while (true) {
      fleet.watch();
      if (happened.getAsBoolean()) {
        return true;
      }
      if (display.isBroken() || stop.await(POLL)) {
        return false;
      }
    }
  }

  private static String seconds(final Duration time) {
    return time.toSeconds() + " s";
  }
}
