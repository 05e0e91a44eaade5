package io.narthex.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend does that can cap the series of a metric. */
public abstract class CapContract {
  private static final int CAP = 3;
  private static final String OVERFLOW = "l=\"__overflow__\"";

  private Backend backend;

  /** For subclasses. */
  protected CapContract() {}

  /** Makes a backend that holds nothing and has a cap. The contract closes it. */
  protected abstract Backend create(int maxSeriesPerMetric);

  @BeforeEach
  final void open() {
    backend = create(CAP);
  }

  @AfterEach
  final void close() {
    backend.close();
  }

  private static LabelSet labels(final String value) {
    return LabelSet.of(new String[] {"l"}, new String[] {value});
  }

  private static BackendFamily register(
      final Backend backend, final MetricType type, final String name) {
    final FamilyDescriptor.Builder builder =
        FamilyDescriptor.builder(type, name).labelNames(List.of("l"));
    if (type == MetricType.HISTOGRAM) {
      builder.bounds(1, 2);
    }
    if (type == MetricType.STATESET) {
      builder.states(List.of("on"));
    }
    return backend.register(builder.build(), labels("__overflow__"));
  }

  private BackendFamily counters(final String name) {
    return register(backend, MetricType.COUNTER, name);
  }

  private static CounterSlot counter(final BackendFamily family, final int number) {
    return (CounterSlot) family.slot(labels("v" + number));
  }

  private static void update(final Slot slot) {
    if (slot instanceof CounterSlot counter) {
      counter.add(1);
    } else if (slot instanceof DistributionSlot distribution) {
      distribution.observe(0, 1);
    } else {
      ((GaugeSlot) slot).set(1);
    }
  }

  @Test
  final void shouldMeterLookUpsOfLabelSetsThatOverflow() {
    final BackendFamily family = counters("jobs");
    for (int number = 0; number < CAP + 2; number++) {
      counter(family, number).add(1);
    }
    counter(family, 0).add(1);
    final List<Double> metered = new ArrayList<>();
    backend.visit(
        new SeriesVisitor<RuntimeException>() {
          @Override
          public boolean family(final FamilyDescriptor shown) {
            return shown.sameSchema(SelfMetrics.overflowedLabelSets());
          }

          @Override
          public void series(final Series series) {
            metered.add(series.value());
          }
        });
    assertThat(metered).containsExactly(2.0);
  }

  @ParameterizedTest
  @EnumSource(MetricType.class)
  void shouldCountNewLabelSetsIntoOverflowSeriesAtTheCap(final MetricType type) {
    final BackendFamily family = register(backend, type, "some");
    for (int i = 0; i < CAP; i++) {
      final Slot slot = family.slot(labels("v" + i));
      assertThat(slot.isOverflow()).isFalse();
      update(slot);
    }
    assertThat(Seen.of(backend).labels("some")).hasSize(CAP);

    final Slot beyond = family.slot(labels("v" + CAP));
    assertThat(beyond.isOverflow()).isTrue();
    update(beyond);
    update(family.slot(labels("another")));

    assertThat(Seen.of(backend).labels("some"))
        .containsExactlyInAnyOrder("l=\"v0\"", "l=\"v1\"", "l=\"v2\"", OVERFLOW);
    assertThat(family.find(labels("v" + CAP))).isNull();
  }

  @Test
  void shouldGoOnWithWhatExistsAtTheCap() {
    final BackendFamily family = counters("jobs");
    for (int i = 0; i < 2 * CAP; i++) {
      counter(family, i).add(1);
    }
    counter(family, 0).add(4);

    final Seen seen = Seen.of(backend);
    assertThat(seen.value("jobs", "l=\"v0\"")).isEqualTo(5);
    assertThat(seen.value("jobs", "l=\"v1\"")).isEqualTo(1);
    assertThat(seen.value("jobs", OVERFLOW)).isEqualTo(CAP);
  }

  @Test
  void shouldShowOverflowSeriesOnlyOnceItCounted() {
    final BackendFamily family = counters("jobs");
    for (int i = 0; i < CAP; i++) {
      counter(family, i);
    }
    final CounterSlot beyond = counter(family, CAP);
    assertThat(Seen.of(backend).labels("jobs")).doesNotContain(OVERFLOW);
    beyond.add(2);
    assertThat(Seen.of(backend).value("jobs", OVERFLOW)).isEqualTo(2);
  }

  @Test
  void shouldCapEachMetricByItself() {
    for (int f = 0; f < 2 * CAP; f++) {
      final BackendFamily family = counters("jobs" + f);
      for (int i = 0; i < CAP; i++) {
        assertThat(counter(family, i).isOverflow()).isFalse();
      }
    }
  }

  @Test
  void shouldNotCapMetricWithoutLabels() {
    for (int f = 0; f < 2 * CAP; f++) {
      final FamilyDescriptor wanted =
          FamilyDescriptor.builder(MetricType.COUNTER, "jobs" + f).build();
      assertThat(backend.register(wanted, null).slot(LabelSet.EMPTY).isOverflow()).isFalse();
    }
  }

  @Test
  void shouldKeepPlaceOfRemovedSeries() {
    final BackendFamily family = counters("jobs");
    for (int i = 0; i < CAP; i++) {
      counter(family, i).add(1);
    }
    family.clear();
    assertThat(counter(family, CAP).isOverflow()).isTrue();
    assertThat(counter(family, 0).isOverflow()).isFalse();
  }

  @Test
  void shouldBeginAnewWhenMetricIsRegisteredAnew() {
    final BackendFamily family = counters("jobs");
    for (int i = 0; i <= CAP; i++) {
      counter(family, i).add(1);
    }
    assertThat(backend.unregister("jobs")).isTrue();
    assertThat(counter(counters("jobs"), CAP).isOverflow()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMakeExactlyAsManySeriesWhenThreadsRace(final boolean sameLabels) {
    final int threads = 4;
    final int each = 500;
    try (Backend wide = create(100)) {
      final BackendFamily family = register(wide, MetricType.COUNTER, "jobs");
      Threads.run(
          threads,
          number -> {
            for (int i = 0; i < each; i++) {
              counter(family, sameLabels ? i : number * each + i).add(1);
            }
          });
      final Seen seen = Seen.of(wide);
      final List<String> labels = seen.labels("jobs");
      assertThat(labels).hasSize(101).contains(OVERFLOW);
      assertThat(labels.stream().mapToDouble(text -> seen.value("jobs", text)).sum())
          .isEqualTo(threads * each);
    }
  }

  @Test
  void shouldNotKeepOverflowInHandles() {
    try (MetricRegistry registry = MetricRegistry.create(create(1))) {
      final Counter jobs =
          Counter.builder("jobs").labelNames("l").defaultLabel("l", "b").register(registry);
      jobs.labelValues("a").inc();
      jobs.inc();
      jobs.inc();
      assertThat(Seen.of(registry::visit).value("jobs", OVERFLOW)).isEqualTo(2);
      registry.unregister("jobs");
      final Counter anew =
          Counter.builder("jobs").labelNames("l").defaultLabel("l", "b").register(registry);
      anew.inc();
      assertThat(Seen.of(registry::visit).labels("jobs")).containsExactly("l=\"b\"");
    }
  }

  @Test
  void shouldSayOncePerMetricWhatToDo() {
    try (LoggedMessages log = LoggedMessages.of("io.narthex")) {
      for (final String name : List.of("jobs", "tasks")) {
        final BackendFamily family = counters(name);
        IntStream.range(0, 3 * CAP).forEach(i -> counter(family, i).add(1));
      }
      assertThat(log.messages()).hasSize(2);
      assertThat(log.messages().get(0))
          .startsWith("jobs")
          .contains("maxSeriesPerMetric(3)", "l=\"v3\"", "fewer values", "higher cap");
      assertThat(log.messages().get(1)).startsWith("tasks");
    }
  }

  @Test
  void shouldCountAlsoWhereItCannotBeSaid() {
    try (ThrowingLog log = ThrowingLog.of("io.narthex")) {
      final BackendFamily family = counters("jobs");
      IntStream.range(0, 3 * CAP).forEach(i -> counter(family, i).add(1));
      assertThat(counter(family, 3 * CAP).value()).isEqualTo(2 * CAP);
      assertThat(log.thrown()).isOne();
    }
  }

  @Test
  void shouldRefuseCapBelowOne() {
    assertThatThrownBy(() -> create(0).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxSeriesPerMetric 0");
  }
}
