package io.narthex.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Far more busy threads than stripes. Which stripe a thread counts into is a hint in plain memory,
 * and threads whose ids are alike in their low bits even share their places in it; sums are exact
 * whatever becomes of it.
 *
 * <p>{@code -Dnarthex.stress.stripes.rounds} sets how often each thread updates each metric four
 * times, 500 times unless it is set.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class StripedSumsTest {
  private static final int ROUNDS = 4 * Integer.getInteger("narthex.stress.stripes.rounds", 500);

  private static final int THREADS = 64;

  private static final int VIRTUAL_THREADS = 20_000;

  private static final int[] STRIPES = {1, 2, 4, 16, 64};

  @AutoClose private final Stage stage = Stage.open();

  /** What one thread updates at each round, in one file. */
  private record Metrics(Counter whole, Counter fractions, Histogram histogram) {
    static Metrics in(final MetricRegistry registry) {
      return new Metrics(
          Counter.builder("whole").register(registry),
          Counter.builder("fractions").register(registry),
          Histogram.builder("h").buckets(1, 2).register(registry));
    }

    void update(final int round) {
      whole.inc();
      fractions.inc(0.5);
      histogram.observe(round % 4);
    }
  }

  @Test
  void shouldCountExactlyWhenFarMoreThreadsThanStripesAreBusy(final TestReporter reporter) {
    final List<MetricRegistry> registries = new ArrayList<>();
    try {
      for (final int stripes : STRIPES) {
        registries.add(open(stripes));
      }
      registries.add(MetricRegistry.builder().build());
      final List<Metrics> all = registries.stream().map(Metrics::in).toList();
      BusyThreads.runTogether(
          THREADS,
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              for (final Metrics metrics : all) {
                metrics.update(round);
              }
            }
          });
      for (final MetricRegistry registry : registries) {
        checkSums(Page.of(registry), (double) THREADS * ROUNDS);
      }
      for (final int stripes : STRIPES) {
        checkSums(Page.of(path(stripes)), (double) THREADS * ROUNDS);
      }
      reporter.publishEntry("updates", Integer.toString(THREADS * ROUNDS * all.size() * 3));
    } finally {
      registries.forEach(MetricRegistry::close);
    }
  }

  private Path path(final int stripes) {
    return stage.path(stripes + ".nx");
  }

  private MetricRegistry open(final int stripes) {
    return MetricRegistry.create(MappedBackend.builder(path(stripes)).stripes(stripes).open());
  }

  private static void checkSums(final Page page, final double each) {
    assertThat(page.value("whole_total")).isEqualTo(each);
    assertThat(page.value("fractions_total")).isEqualTo(each / 2);
    assertThat(page.value("h_count")).isEqualTo(each);
    assertThat(page.value("h_bucket{le=\"1.0\"}")).isEqualTo(each / 2);
    assertThat(page.value("h_sum")).isEqualTo(each * 1.5);
  }

  @Test
  void shouldCountExactlyInVirtualThreadsThatComeAndGo() throws Exception {
    final Method start;
    try {
      start = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    } catch (final NoSuchMethodException e) {
      throw Skip.because("this JVM has no virtual threads");
    }
    final ExecutorService threads = (ExecutorService) start.invoke(null);
    try (MetricRegistry registry = open(16)) {
      final Metrics metrics = Metrics.in(registry);
      for (int i = 0; i < VIRTUAL_THREADS; i++) {
        threads.execute(
            () -> {
              for (int round = 0; round < 4; round++) {
                metrics.update(round);
              }
            });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.MINUTES)).isTrue();
      checkSums(Page.of(registry), VIRTUAL_THREADS * 4.0);
    } finally {
      threads.shutdownNow();
    }
  }
}
