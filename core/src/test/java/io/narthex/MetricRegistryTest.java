package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.backend.HeapBackend;
import io.narthex.backend.Seen;
import io.narthex.backend.Threads;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class MetricRegistryTest {
  @Test
  void shouldRegisterInGlobalRegistryUnlessToldOtherwise() {
    final MetricRegistry before = MetricRegistry.global();
    final MetricRegistry mine = MetricRegistry.create(HeapBackend.create());
    try {
      assertThat(MetricRegistry.global()).isSameAs(before);
      MetricRegistry.setGlobal(mine);
      Counter.builder("jobs").register().inc();

      assertThat(MetricRegistry.global()).isSameAs(mine);
      assertThat(Seen.of(mine::visit).value("jobs", "")).isEqualTo(1);
    } finally {
      MetricRegistry.setGlobal(before);
    }
  }

  @Test
  void shouldHaveHeapUnlessToldOtherwise() {
    final MetricRegistry.Builder builder = MetricRegistry.builder();
    Counter.builder("jobs").register(builder.build());

    assertThat(Seen.of(builder.build()::visit).names()).isEmpty();
  }

  @Test
  void shouldGiveOneMetricHoweverManyThreadsRegisterIt() {
    final MetricRegistry registry = MetricRegistry.builder().build();
    final Set<Counter> found = Collections.newSetFromMap(new ConcurrentHashMap<>());
    Threads.run(
        4,
        number -> {
          for (int i = 0; i < 100; i++) {
            final Counter jobs =
                Counter.builder("jobs" + i)
                    .labelNames("a")
                    .defaultLabel("a", "1")
                    .register(registry);
            jobs.inc();
            found.add(jobs);
          }
        });

    assertThat(found).hasSize(100);
    assertThat(found).allMatch(jobs -> jobs.value() == 4);
  }

  @Test
  void shouldRefuseNoRegistry() {
    assertThatThrownBy(() -> MetricRegistry.setGlobal(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> MetricRegistry.create(null)).isInstanceOf(NullPointerException.class);
  }
}
