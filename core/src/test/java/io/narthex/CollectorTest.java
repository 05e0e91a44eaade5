package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.MetricType;
import io.narthex.backend.Seen;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What collectors give is exported beside what is counted. */
final class CollectorTest {
  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());

  private Seen seen() {
    return Seen.of(registry::visit);
  }

  @Test
  void shouldExportWhatIsCollected() {
    registry.register(
        (Collector)
            sink -> {
              sink.gauge("queue_depth", "Waiting.", 3, "queue", "mail");
              sink.gauge("queue_depth", "Waiting.", Double.NaN, "queue", "print");
              sink.counter("jobs_total", "", 7);
            });

    assertThat(seen().value("queue_depth", "queue=\"mail\"")).isEqualTo(3);
    assertThat(seen().value("queue_depth", "queue=\"print\"")).isNaN();
    assertThat(seen().value("jobs", "")).isEqualTo(7);
    assertThat(seen().family("jobs").type()).isEqualTo(MetricType.COUNTER);
    assertThat(seen().family("queue_depth").help()).isEqualTo("Waiting.");
    assertThat(seen().family("jobs")).isSameAs(seen().family("jobs"));
  }

  @Test
  void shouldPutCollectedFamiliesInOrderOfNames() {
    Gauge.builder("b").register(registry);
    Gauge.builder("d").register(registry);
    registry.register(
        (Collector)
            sink -> {
              sink.gauge("e", "", 1);
              sink.gauge("c", "", 1);
              sink.gauge("a", "", 1);
            });

    assertThat(seen().names()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void shouldAskNoMoreOnceTakenOut() {
    final Collector collector = sink -> sink.gauge("a", "", 1);
    registry.register(collector);
    registry.register(collector);

    assertThat(seen().labels("a")).hasSize(1);
    assertThat(registry.unregister(collector)).isTrue();
    assertThat(registry.unregister(collector)).isFalse();
    assertThat(seen().names()).isEmpty();
  }

  @Test
  void shouldPutPrefixAndConstantLabelsInFront() {
    final MetricRegistry shop =
        MetricRegistry.builder().prefix("shop_").constantLabel("zone", "z").build();
    shop.register(
        (Collector)
            sink -> {
              sink.gauge("depth", "", 3, "queue", "mail");
              sink.gauge("depth", "", 4, "zone", "other");
            });

    assertThat(Seen.of(shop::visit).value("shop_depth", "zone=\"z\",queue=\"mail\"")).isEqualTo(3);
    assertThat(Seen.of(shop::visit).labels("shop_depth")).hasSize(1);
  }

  @Test
  void shouldLoseOnlyOutputOfCollectorThatThrows() {
    Counter.builder("jobs").register(registry).inc();
    final AtomicInteger calls = new AtomicInteger();
    registry.register(
        (Collector)
            sink -> {
              sink.gauge("lost", "", 1);
              if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("as it were");
              }
            });
    registry.register(
        (Collector)
            sink -> {
              throw new AssertionError("as it were");
            });
    registry.register((Collector) sink -> sink.gauge("kept", "", 1));

    assertThat(seen().names()).containsExactly("jobs", "kept");
    assertThat(seen().names()).containsExactly("jobs", "kept");
    assertThat(seen().names()).containsExactly("jobs", "kept", "lost");
  }

  @Test
  void shouldLeaveOutWhatIsNotAllowed() {
    registry.register(
        (Collector)
            sink -> {
              sink.gauge("bad name", "", 1);
              sink.gauge(null, "", 1);
              sink.gauge("ok", null, 1);
              sink.gauge("ok", "", 1, "label");
              sink.gauge("ok", "", 1, "label", null);
              sink.gauge("ok", "", 1, "__label", "");
              sink.gauge("ok", "", 1, "a", "", "a", "");
              sink.counter("count", "", -1);
              sink.counter("count", "", Double.NaN);
              sink.counter("count", "", Double.POSITIVE_INFINITY);
            });

    assertThat(seen().names()).containsExactly("ok");
    assertThat(seen().labels("ok")).containsExactly("");
  }

  @Test
  void shouldMergeOneFamilyOfSeveralCollectors() {
    registry.register((Collector) sink -> sink.gauge("a", "First.", 1, "x", "1", "y", "2"));
    registry.register(
        (Collector)
            sink -> {
              sink.gauge("a", "Second.", 2, "y", "2", "x", "1");
              sink.gauge("a", "Second.", 3, "x", "3");
            });

    assertThat(seen().labels("a")).containsExactly("x=\"1\",y=\"2\"", "x=\"3\"");
    assertThat(seen().value("a", "x=\"1\",y=\"2\"")).isEqualTo(1);
    assertThat(seen().family("a").help()).isEqualTo("First.");
  }

  @Test
  void shouldLeaveOutFamiliesThatOverlap() {
    Histogram.builder("time").register(registry);
    Gauge.builder("depth").register(registry).set(5);
    registry.register(
        (Collector)
            sink -> {
              sink.gauge("time_count", "", 1);
              sink.gauge("depth", "", 1);
              sink.counter("depth", "", 1);
              sink.counter("jobs", "", 1);
              sink.gauge("jobs", "", 2);
              sink.gauge("jobs_created", "", 2);
            });

    assertThat(seen().names()).containsExactly("depth", "jobs", "time");
    assertThat(seen().value("depth", "")).isEqualTo(5);
    assertThat(seen().family("jobs").type()).isEqualTo(MetricType.COUNTER);
  }

  @Test
  void shouldLeaveOutFamiliesThatVisitorDoesNotWant() {
    registry.register((Collector) sink -> sink.gauge("a", "", 1));
    registry.visit(
        new SeriesVisitor<RuntimeException>() {
          @Override
          public boolean family(final FamilyDescriptor family) {
            return false;
          }

          @Override
          public void series(final Series series) {
            throw new AssertionError("nobody wanted it");
          }
        });
  }

  @Test
  void shouldRefuseNoCollector() {
    assertThatThrownBy(() -> registry.register((Collector) null))
        .isInstanceOf(NullPointerException.class);
  }
}
