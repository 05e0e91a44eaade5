package io.narthex.stress.environment;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scrapes a file that is truncated under it, by two threads. Each scrape has to show what was
 * there, or to say what is wrong; nothing else may be thrown, in it or later.
 *
 * <p>Arguments: the file, and how often to scrape before. Then the commands {@code truncated},
 * after which a bad page is no surprise any more, and {@code replaced}, after which a good one has
 * to come.
 */
public final class TruncatedViewer {
  private static final int SCRAPES = 10;
  private static final int MOST_WAITS = 600;
  private static final Map<String, Double> REPLACED = Map.of("fixed_total{n=\"replaced\"}", 7.0);

  private final MetricRegistry registry;
  private final Path file;
  private final Counter first;
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean done;

  private TruncatedViewer(final MetricRegistry registry, final Path file) {
    this.registry = registry;
    this.file = file;
    this.first = Counter.builder("fixed").labelNames("n").register(registry).labelValues("n1");
  }

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final Path file = Path.of(arguments[0]);
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      final TruncatedViewer viewer = new TruncatedViewer(registry, file);
      final int warmUp = Integer.parseInt(arguments[1]);
      for (int i = 0; i < warmUp; i++) {
        require(isWhole(fixed(registry)), "a bad page before the file is truncated");
      }
      final Thread beside = start("beside", viewer::scrapeBeside);
      ChildMain.say("viewing");
      viewer.scrapeUntilTruncated();
      ChildMain.say("truncated: " + viewer);
      viewer.awaitReplacement();
      viewer.done = true;
      beside.join();
      ChildMain.say("attached anew");
    }
  }

  private static Thread start(final String name, final Runnable work) {
    final Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((any, thrown) -> ChildMain.fail(thrown));
    thread.start();
    return thread;
  }

  /** Until the command comes, and for a while after it. */
  private void scrapeUntilTruncated() {
    final Thread watch = start("truncation", TruncatedViewer::awaitTruncation);
    while (watch.isAlive()) {
      scrape();
    }
    for (int i = 0; i < SCRAPES; i++) {
      require(scrape(), "a page of a file that has been truncated");
    }
  }

  private static void awaitTruncation() {
    try {
      ChildMain.nextCommand();
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Also when the other thread changes over to the file that took the path. */
  private void scrapeBeside() {
    while (!done) {
      try {
        final Map<String, Double> fixed = fixed(registry);
        require(
            isWhole(fixed) || fixed.equals(REPLACED),
            "a page that is neither whole nor refused: " + fixed);
        served.incrementAndGet();
      } catch (final NarthexException e) {
        requireClear(e);
      }
    }
  }

  /** Returns whether the page was refused. */
  private boolean scrape() {
    boolean pageRefused = false;
    try {
      require(isWhole(fixed(registry)), "a page that is neither whole nor refused");
      served.incrementAndGet();
    } catch (final NarthexException e) {
      requireClear(e);
      pageRefused = true;
    }
    try {
      require(first.value() == 1, "a wrong value");
    } catch (final NarthexException e) {
      requireClear(e);
    }
    return pageRefused;
  }

  private void requireClear(final NarthexException e) {
    require(
        e.getMessage().contains(file.toString()) && e.getMessage().contains("truncated"),
        "an unclear error: " + e.getMessage());
    refused.incrementAndGet();
  }

  private void awaitReplacement() throws InterruptedException {
    ChildMain.nextCommand();
    for (int i = 0; i < MOST_WAITS; i++) {
      try {
        if (fixed(registry).equals(REPLACED)) {
          return;
        }
      } catch (final NarthexException e) {
        // The old file is still looked at.
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the file that took the path is not shown");
  }

  private static Map<String, Double> fixed(final MetricRegistry registry) {
    final Map<String, Double> samples = new HashMap<>(Page.of(registry).samples());
    samples.keySet().removeIf(sample -> !sample.startsWith("fixed_total"));
    return samples;
  }

  private static boolean isWhole(final Map<String, Double> fixed) {
    for (int n = 1; n <= TruncatedWriter.FIXED; n++) {
      if (!Double.valueOf(n).equals(fixed.get("fixed_total{n=\"n" + n + "\"}"))) {
        return false;
      }
    }
    return fixed.size() == TruncatedWriter.FIXED;
  }

  private static void require(final boolean right, final String wrong) {
    if (!right) {
      throw new AssertionError(wrong);
    }
  }

  @Override
  public String toString() {
    return served + " served, " + refused + " refused";
  }
}
