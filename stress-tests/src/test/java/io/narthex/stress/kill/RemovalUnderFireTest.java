package io.narthex.stress.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes remove series while others count on them through handles that they keep. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RemovalUnderFireTest {
  private static final Duration GUARD = Duration.ofSeconds(60);
  private static final int ADDERS = 2;
  private static final int SERIES = 4;
  private static final int ADDED = 1_000;
  private static final int SCRAPES = 2_000;

  /** To be seen: after fewer it is scraped more often, as a busy machine may let few happen. */
  private static final int REMOVALS = 20;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("removal.nx");

  @Test
  void shouldNeverShowLessThanZeroNorGoBackWithinOneLife() {
    final List<ChildJvm> workers = new ArrayList<>();
    for (int i = 0; i < ADDERS; i++) {
      workers.add(stage.start(Adder.class, file));
    }
    workers.add(stage.start(Remover.class, file));
    workers.forEach(worker -> worker.await("working", GUARD));
    final Lives lives = new Lives();
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      final long deadline = System.nanoTime() + GUARD.toNanos();
      for (int i = 0; i < SCRAPES || lives.removals < REMOVALS; i++) {
        viewer.visit(lives);
        if (lives.removals < REMOVALS) {
          assertThat(System.nanoTime() - deadline)
              .as("%d scrapes saw %d removals", i + 1, lives.removals)
              .isNegative();
        }
      }
    }

    workers.forEach(worker -> worker.command("stop"));
    workers.forEach(worker -> worker.await("stopped", GUARD));
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      counters(registry).clear();
      histograms(registry).clear();
      // Nobody works any more: from here on the sums are exact, through handles old and new.
      assertThat(Page.of(registry).count("c_total")).isZero();
      workers.get(0).command("add");
      workers.get(0).await("added", GUARD);
      for (int n = 0; n < SERIES; n++) {
        counters(registry).labelValues(Integer.toString(n)).inc(n);
      }
      final Page page = Page.of(file);
      for (int n = 0; n < SERIES; n++) {
        final String label = "{n=\"" + n + "\"}";
        assertThat(page.value("c_total" + label)).as(label).isEqualTo(ADDED * (n + 1) + n);
        assertThat(page.value("h_count" + label)).as(label).isEqualTo(ADDED * (n + 1));
        assertThat(page.value("h_sum" + label)).as(label).isEqualTo(ADDED * (n + 1));
      }
      assertThat(page.count("c_total")).isEqualTo(SERIES);
    }
    FileVerifier.verify(file);
  }

  private static Counter counters(final MetricRegistry registry) {
    return Counter.builder("c").labelNames("n").register(registry);
  }

  private static Histogram histograms(final MetricRegistry registry) {
    return Histogram.builder("h").labelNames("n").buckets(0.5, 2).register(registry);
  }

  private static MetricRegistry open(final String file) {
    return MetricRegistry.create(
        MappedBackend.builder(Path.of(file)).initialSize(512 << 10).open());
  }

  /** What one scrape after the other shows of each series, held against the last one. */
  private static final class Lives implements SeriesVisitor<RuntimeException> {
    private final Map<String, double[]> last = new HashMap<>();
    private FamilyDescriptor family;
    private int removals;

    @Override
    public boolean family(final FamilyDescriptor shown) {
      family = shown;
      return !shown.name().startsWith("narthex_");
    }

    @Override
    public void series(final Series series) {
      final byte[] text = new byte[series.labelsLength()];
      series.copyLabels(text, 0);
      final String name = family.name() + new String(text, StandardCharsets.UTF_8);
      final double count = family.type() == MetricType.COUNTER ? series.value() : series.bucket(1);
      final double[] before = last.put(name, new double[] {series.createdMillis(), count});
      assertThat(count).as(name).isNotNegative();
      if (before == null) {
        return;
      }
      assertThat((double) series.createdMillis()).as(name).isGreaterThanOrEqualTo(before[0]);
      if (series.createdMillis() > before[0]) {
        removals++;
      } else {
        assertThat(count).as(name + " went back").isGreaterThanOrEqualTo(before[1]);
      }
    }
  }

  /** Counts through handles that it made at the beginning. */
  public static final class Adder {
    private Adder() {}

    /** See the class. */
    public static void main(final String[] arguments) throws InterruptedException {
      final MetricRegistry registry = open(arguments[0]);
      final List<Counter> counters = new ArrayList<>();
      final List<Histogram> histograms = new ArrayList<>();
      for (int n = 0; n < SERIES; n++) {
        counters.add(counters(registry).labelValues(Integer.toString(n)));
        histograms.add(histograms(registry).labelValues(Integer.toString(n)));
      }
      final Stop stop = Stop.listen();
      ChildMain.say("working");
      while (!stop.isAsked) {
        for (int n = 0; n < SERIES; n++) {
          counters.get(n).inc();
          counters.get(n).inc(0.25);
          histograms.get(n).observe(1);
        }
      }
      ChildMain.say("stopped");
      stop.join();
      ChildMain.nextCommand();
      // Differently often on each: handles that had come to stand for another series would show.
      for (int n = 0; n < SERIES; n++) {
        for (int i = 0; i < ADDED * (n + 1); i++) {
          counters.get(n).inc();
          histograms.get(n).observe(1);
        }
      }
      ChildMain.say("added");
      ChildMain.nextCommand();
    }
  }

  /** Removes one series after the other, and now and then all of them. */
  public static final class Remover {
    private Remover() {}

    /** See the class. */
    public static void main(final String[] arguments) throws InterruptedException {
      final MetricRegistry registry = open(arguments[0]);
      final Counter counters = counters(registry);
      final Histogram histograms = histograms(registry);
      final Stop stop = Stop.listen();
      ChildMain.say("working");
      for (int i = 0; !stop.isAsked; i++) {
        counters.remove(Integer.toString(i % SERIES));
        histograms.remove(Integer.toString(i % SERIES));
        if (i % 16 == 0) {
          counters.clear();
          histograms.clear();
        }
        Thread.sleep(1);
      }
      ChildMain.say("stopped");
      ChildMain.nextCommand();
    }
  }

  /** Waits for the command to stop while others work. */
  private static final class Stop extends Thread {
    private volatile boolean isAsked;

    static Stop listen() {
      final Stop stop = new Stop();
      stop.setDaemon(true);
      stop.start();
      return stop;
    }

    @Override
    public void run() {
      try {
        ChildMain.nextCommand();
        isAsked = true;
      } catch (final InterruptedException e) {
        ChildMain.fail(e);
      }
    }
  }
}
