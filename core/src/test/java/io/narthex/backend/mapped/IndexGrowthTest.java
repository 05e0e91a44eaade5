package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the index grows. Each full one costs each new series a whole window. */
final class IndexGrowthTest {
  private static final int SERIES = 100_000;

  @TempDir private Path directory;

  @Test
  void shouldNeedFewIndexesForManySeries() throws IOException {
    final Path file = directory.resolve("metrics.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      final Counter counter = Counter.builder("jobs").labelNames("queue").register(registry);
      for (int i = 0; i < SERIES; i++) {
        counter.labelValues("queue-" + i);
      }
    }
    final MappedStore store = MappedStore.open(file, false);
    try {
      assertThat(store.segments().ofKind(SegmentDescriptor.KIND_INDEX)).hasSizeLessThanOrEqualTo(3);
    } finally {
      store.close();
    }
  }
}
