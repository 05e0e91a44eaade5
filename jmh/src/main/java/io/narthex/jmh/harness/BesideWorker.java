package io.narthex.jmh.harness;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.jmh.CountingSink;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A JVM that keeps a core busy beside the one that is measured: {@code BesideWorker scrape|burn
 * FILE}. It answers {@code ready}. From the order {@code on}, which it answers too, to the next one
 * it writes pages of the file, or only computes, without a pause; then it answers how often.
 */
final class BesideWorker {
  private static final int STEPS = 1_000_000;

  private final MetricRegistry viewer;
  private final CountingSink out = new CountingSink();
  private long random = 1;

  private BesideWorker(final MetricRegistry viewer) {
    this.viewer = viewer;
  }

  public static void main(final String... args) throws IOException, InterruptedException {
    final Parent parent = Parent.listen();
    // Also the one that only burns: two like processes, but for what they do.
    try (MetricRegistry viewer =
        MetricRegistry.create(MappedBackend.openReadOnly(Path.of(args[1])))) {
      final BesideWorker worker = new BesideWorker(viewer);
      final boolean scrapes = args[0].equals("scrape");
      parent.say("ready");
      while (true) {
        parent.await("on");
        parent.say("on");
        long times = 0;
        while (!parent.hasOrder()) {
          worker.work(scrapes);
          times++;
        }
        parent.await("off");
        parent.say(Long.toString(times));
      }
    }
  }

  private void work(final boolean scrapes) throws IOException {
    if (scrapes) {
      TextFormat.PROMETHEUS.write(viewer, out);
    } else {
      burn();
    }
  }

  /** Multiplications, that touch no memory. */
  private void burn() {
    long next = random;
    for (int i = 0; i < STEPS; i++) {
      next = next * 6364136223846793005L + 1442695040888963407L;
    }
    random = next;
  }
}
