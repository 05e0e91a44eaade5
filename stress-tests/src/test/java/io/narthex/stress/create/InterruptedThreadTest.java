package io.narthex.stress.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupted thread closes a channel that it touches; the engine's must not be among them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class InterruptedThreadTest {
  private static final int SERIES = 10_000;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("interrupted.nx");

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void shouldWorkAndKeepTheInterruptWhenEveryCallIsInterrupted() {
    try (MetricRegistry registry = interrupted(() -> MetricRegistry.create(open()));
        MetricRegistry viewer =
            interrupted(() -> MetricRegistry.create(MappedBackend.openReadOnly(file)))) {
      final Counter counter =
          interrupted(() -> Counter.builder("n_total").labelNames("n").register(registry));
      for (int n = 0; n < SERIES; n++) {
        final String label = Integer.toString(n);
        interrupted(() -> counter.labelValues(label)).inc();
      }
      assertThat(interrupted(() -> Page.of(registry)).sum("n_total")).isEqualTo(SERIES);
      assertThat(interrupted(() -> Page.of(viewer)).sum("n_total")).isEqualTo(SERIES);
      interrupted(() -> counter.remove("0"));
      assertThat(interrupted(() -> Page.of(viewer)).sum("n_total")).isEqualTo(SERIES - 1);
    }
    // Closed and opened again, it still grows.
    try (MetricRegistry registry = interrupted(() -> MetricRegistry.create(open()))) {
      final Counter counter = Counter.builder("n_total").labelNames("n").register(registry);
      for (int n = 0; n < SERIES; n++) {
        final String label = "again " + n;
        interrupted(() -> counter.labelValues(label)).inc();
      }
      assertThat(Page.of(registry).count("n_total")).isEqualTo(2 * SERIES - 1);
    }
  }

  private MappedBackend open() {
    return MappedBackend.builder(file).initialSize(512 << 10).open();
  }

  private static <T> T interrupted(final Supplier<T> call) {
    Thread.currentThread().interrupt();
    final T result = call.get();
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    return result;
  }
}
