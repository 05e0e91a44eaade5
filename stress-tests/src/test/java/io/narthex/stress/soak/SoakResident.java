package io.narthex.stress.soak;

import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The process that stays: it counts, removes series and scrapes all the time. Arguments: the mapped
 * file. At the command {@code figures} it pauses, and tells its removals, the bytes of its heap
 * that are in use, its descriptors, its threads, the nanoseconds of its quickest scrape of many,
 * its mappings of the file and the bytes of its other memory; at {@code stop} it ends.
 */
public final class SoakResident {
  /** One in so many passes scrapes; the others serve and remove. */
  private static final int PASSES_PER_SCRAPE = 100;

  private static final int SERVED_PER_PASS = 200;
  private static final int TIMED_SCRAPES = 300;

  private final SoakMetrics metrics;
  private final String file;
  private long removals;
  private long served;

  private SoakResident(final SoakMetrics metrics, final String file) {
    this.metrics = metrics;
    this.file = file;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws Exception {
    final SoakMetrics metrics = SoakMetrics.open(Path.of(arguments[0]));
    for (int item = 0; item < SoakMetrics.ITEMS; item++) {
      metrics.item(item).inc();
    }
    metrics.serve(0); // takes the cell of fractions too
    final SoakResident resident = new SoakResident(metrics, arguments[0]);
    ChildMain.say("ready");
    while (true) {
      final String command = ChildMain.nextCommand();
      if (command.equals("stop")) {
        metrics.registry.close();
        ChildMain.say("stopped");
        return;
      }
      if (command.equals("figures")) {
        ChildMain.say("figures " + resident.figures());
      } else {
        resident.work(Integer.parseInt(command));
        ChildMain.say("worked " + resident.served);
      }
    }
  }

  /** Works for so many milliseconds. */
  private void work(final int millis) {
    final long end = System.nanoTime() + millis * 1_000_000L;
    for (long pass = 1; System.nanoTime() < end; pass++) {
      for (int i = 0; i < SERVED_PER_PASS; i++) {
        metrics.serve(++served);
      }
      final String item = "item-" + pass % SoakMetrics.ITEMS;
      metrics.items.labelValues(item).inc();
      if (metrics.items.remove(item)) {
        removals++;
      }
      if (pass % PASSES_PER_SCRAPE == 0) {
        Page.of(metrics.registry);
      }
    }
  }

  private String figures() throws IOException {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < TIMED_SCRAPES; i++) {
      final long begin = System.nanoTime();
      Page.of(metrics.registry);
      quickest = Math.min(quickest, System.nanoTime() - begin);
    }
    System.gc();
    System.gc();
    final Runtime runtime = Runtime.getRuntime();
    final long heap = runtime.totalMemory() - runtime.freeMemory();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return removals
          + " "
          + heap
          + " "
          + descriptors.count()
          + " "
          + Thread.activeCount()
          + " "
          + quickest
          + " "
          + mappings()
          + " "
          + anonymousBytes();
    }
  }

  private long mappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.endsWith(" " + file)).count();
    }
  }

  /** What the process has in memory, but for the pages of files: heap, stacks, code, buffers. */
  private static long anonymousBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    }
  }
}
