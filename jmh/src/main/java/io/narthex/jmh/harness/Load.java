package io.narthex.jmh.harness;

import io.narthex.jmh.CountingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;

/** What another thread of the writer's JVM does meanwhile, until the JVM ends. */
final class Load {
  private static final long PAUSE_NANOS = 2_000_000;
  private static final int EACH_TIME = 100;

  /** Bounds the memory; more than 20 seconds' worth. */
  private static final int MOST_SERIES = 1_000_000;

  private final Subject subject;

  /** Pages or series. */
  private volatile long done;

  private Load(final Subject subject) {
    this.subject = subject;
  }

  /** Begins {@code idle}, {@code scraping} or {@code creating}. */
  static Load start(final String kind, final Subject subject) {
    final Load load = new Load(subject);
    final Runnable work =
        switch (kind) {
          case "idle" -> null;
          case "scraping" -> load::scrape;
          case "creating" -> load::create;
          default -> throw new IllegalArgumentException("no load " + kind);
        };
    if (work != null) {
      final Thread thread = new Thread(work, kind);
      thread.setDaemon(true);
      thread.start();
    }
    return load;
  }

  /** How much it has done so far. */
  long done() {
    return done;
  }

  private void scrape() {
    final CountingSink out = new CountingSink();
    for (long pages = 1; ; pages++) {
      try {
        subject.page(out);
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
      done = pages;
    }
  }

  /** At one pace for all libraries, or the faster one would disturb itself more. */
  private void create() {
    long next = System.nanoTime();
    for (int i = 0; i < MOST_SERIES; i++) {
      subject.child("/new/" + i / EACH_TIME, "customer-" + i % EACH_TIME).run();
      if ((i + 1) % EACH_TIME == 0) {
        done = i + 1L;
        next += PAUSE_NANOS;
        while (System.nanoTime() - next < 0) {
          LockSupport.parkNanos(next - System.nanoTime());
        }
      }
    }
    throw new IllegalStateException("the run is too long: there are too many series");
  }
}
