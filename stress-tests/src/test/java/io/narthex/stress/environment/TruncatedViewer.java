package io.narthex.stress.environment;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Scrapes a file that is truncated under it. Each scrape has to show what was there, or to say what
 * is wrong; nothing else may be thrown, in it or later.
 *
 * <p>Arguments: the file, and how often to scrape before. Then the commands {@code truncated},
 * after which a bad page is no surprise any more, and {@code replaced}, after which a good one has
 * to come.
 */
public final class TruncatedViewer {
  private static final int SCRAPES = 10;
  private static final int MOST_WAITS = 600;

  private final MetricRegistry registry;
  private final Path file;
  private int served;
  private int refused;

  private TruncatedViewer(final MetricRegistry registry, final Path file) {
    this.registry = registry;
    this.file = file;
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
      ChildMain.say("viewing");
      viewer.scrapeUntilTruncated();
      ChildMain.say("truncated: " + viewer);
      viewer.awaitReplacement();
      ChildMain.say("attached anew");
    }
  }

  /** Until the command comes, and for a while after it. */
  private void scrapeUntilTruncated() throws InterruptedException {
    final Thread watch = new Thread(TruncatedViewer::awaitTruncation, "truncation");
    watch.setDaemon(true);
    watch.start();
    while (watch.isAlive()) {
      scrape();
    }
    for (int i = 0; i < SCRAPES; i++) {
      scrape();
    }
  }

  private static void awaitTruncation() {
    try {
      ChildMain.nextCommand();
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void scrape() {
    try {
      require(isWhole(fixed(registry)), "a page that is neither whole nor refused");
      served++;
    } catch (final NarthexException e) {
      require(
          e.getMessage().contains(file.toString()) && e.getMessage().contains("truncated"),
          "an unclear error: " + e.getMessage());
      refused++;
    }
  }

  private void awaitReplacement() throws InterruptedException {
    ChildMain.nextCommand();
    for (int i = 0; i < MOST_WAITS; i++) {
      try {
        if (fixed(registry).equals(Map.of("fixed_total{n=\"replaced\"}", 7.0))) {
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
