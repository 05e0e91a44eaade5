package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Seen;
import io.narthex.backend.SeriesVisitor;
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
  void shouldCloseItsBackendOnce() {
    final CountingBackend backend = new CountingBackend();
    final MetricRegistry registry = MetricRegistry.create(backend);
    registry.close();
    registry.close();

    assertThat(backend.closed).isEqualTo(1);
  }

  /** A third party's backend, which may not bear a second close. */
  private static final class CountingBackend implements Backend {
    private final Backend heap = HeapBackend.create();
    private int closed;

    @Override
    public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
      return heap.register(wanted, overflow);
    }

    @Override
    public boolean unregister(final String family) {
      return heap.unregister(family);
    }

    @Override
    public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
      heap.visit(visitor);
    }

    @Override
    public void close() {
      closed++;
      heap.close();
    }
  }

  @Test
  void shouldRefuseNoRegistry() {
    assertThatThrownBy(() -> MetricRegistry.setGlobal(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> MetricRegistry.create(null)).isInstanceOf(NullPointerException.class);
  }
}
