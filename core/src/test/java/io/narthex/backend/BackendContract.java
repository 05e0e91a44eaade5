package io.narthex.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.GaugeMode;
import io.narthex.MetricConflictException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend does, ours and others': {@link Backend} and its companions in code. */
public abstract class BackendContract {
  private static final String A = "l=\"a\"";
  private static final String B = "l=\"b\"";
  private static final LabelSet OVERFLOW = labels("__overflow__");

  private Backend backend;

  /** For subclasses. */
  protected BackendContract() {}

  /** Makes a backend that holds nothing. The contract closes it. */
  protected abstract Backend create();

  /**
   * Whether the backend takes metrics of a type; all do, unless they keep to a format of others.
   * Tests that need a type it has no place for are skipped.
   */
  protected boolean hasPlaceFor(final MetricType type) {
    return true;
  }

  @BeforeEach
  final void open() {
    backend = create();
  }

  @AfterEach
  final void close() {
    backend.close();
  }

  private static LabelSet labels(final String value) {
    return LabelSet.of(new String[] {"l"}, new String[] {value});
  }

  private static FamilyDescriptor.Builder labelled(final MetricType type, final String name) {
    return FamilyDescriptor.builder(type, name).labelNames(List.of("l"));
  }

  private BackendFamily register(final FamilyDescriptor.Builder builder) {
    final FamilyDescriptor wanted = builder.build();
    assumeTrue(hasPlaceFor(wanted.type()), () -> "skipped: there is no place for a " + wanted);
    return backend.register(wanted, wanted.labelNames().isEmpty() ? null : OVERFLOW);
  }

  private BackendFamily counters() {
    return register(labelled(MetricType.COUNTER, "jobs"));
  }

  private BackendFamily gauges() {
    return register(labelled(MetricType.GAUGE, "depth"));
  }

  private BackendFamily recents() {
    return register(labelled(MetricType.GAUGE, "recent").gaugeMode(GaugeMode.MOST_RECENT));
  }

  private BackendFamily histograms() {
    return register(labelled(MetricType.HISTOGRAM, "time").bounds(1, 2, 4));
  }

  private static CounterSlot counter(final BackendFamily family, final String value) {
    return (CounterSlot) family.slot(labels(value));
  }

  private static GaugeSlot gauge(final BackendFamily family, final String value) {
    return (GaugeSlot) family.slot(labels(value));
  }

  private static DistributionSlot distribution(final BackendFamily family, final String value) {
    return (DistributionSlot) family.slot(labels(value));
  }

  private Seen seen() {
    return Seen.of(backend);
  }

  // ---- families

  @Test
  void shouldHoldNothingAtFirst() {
    assertThat(seen().families()).isEmpty();
  }

  @Test
  void shouldFindFamilyOfSameSchemaAndKeepItsFirstHelp() {
    final BackendFamily first = register(labelled(MetricType.COUNTER, "jobs").help("First."));
    final BackendFamily second = register(labelled(MetricType.COUNTER, "jobs").help("Second."));
    counter(first, "a").add(1);
    counter(second, "a").add(2);

    assertThat(second.descriptor()).isSameAs(first.descriptor());
    assertThat(first.descriptor().help()).isEqualTo("First.");
    assertThat(seen().value("jobs", A)).isEqualTo(3);
  }

  @Test
  void shouldKeepWhatDescribesFamily() {
    register(
        labelled(MetricType.HISTOGRAM, "time_seconds")
            .help("A \"help\" \\ of\nlines.")
            .unit("seconds")
            .bounds(-1.5, 0, Double.MIN_VALUE, 1e300));
    register(labelled(MetricType.STATESET, "breaker").states(List.of("open", "half open", "ö")));

    final FamilyDescriptor histogram = seen().family("time_seconds");
    assertThat(histogram.type()).isEqualTo(MetricType.HISTOGRAM);
    assertThat(histogram.help()).isEqualTo("A \"help\" \\ of\nlines.");
    assertThat(histogram.unit()).isEqualTo("seconds");
    assertThat(histogram.labelNames()).containsExactly("l");
    assertThat(
            new double[] {
              histogram.bound(0), histogram.bound(1), histogram.bound(2), histogram.bound(3)
            })
        .containsExactly(-1.5, 0, Double.MIN_VALUE, 1e300);
    assertThat(seen().family("breaker").states()).containsExactly("open", "half open", "ö");
  }

  static Stream<FamilyDescriptor> othersThanHistogramTime() {
    return Stream.of(
            labelled(MetricType.SUMMARY, "time"),
            labelled(MetricType.HISTOGRAM, "time").bounds(1, 2),
            FamilyDescriptor.builder(MetricType.HISTOGRAM, "time").bounds(1, 2, 4),
            labelled(MetricType.HISTOGRAM, "time").labelNames(List.of("m")).bounds(1, 2, 4),
            labelled(MetricType.HISTOGRAM, "time").unit("time").bounds(1, 2, 4),
            labelled(MetricType.GAUGE, "time"),
            labelled(MetricType.GAUGE, "time_count"),
            labelled(MetricType.GAUGE, "time_bucket"),
            labelled(MetricType.COUNTER, "time"))
        .map(FamilyDescriptor.Builder::build);
  }

  @ParameterizedTest
  @MethodSource("othersThanHistogramTime")
  void shouldRefuseAnotherSchemaAndNamesThatOverlap(final FamilyDescriptor other) {
    final FamilyDescriptor held = histograms().descriptor();

    assertThatThrownBy(() -> backend.register(other, OVERFLOW))
        .isInstanceOf(MetricConflictException.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining(held.toString());
    assertThat(seen().families()).containsExactly(held);
  }

  @Test
  void shouldRefuseBaseOfNameThatIsTaken() {
    register(labelled(MetricType.GAUGE, "time_sum"));

    assertThatThrownBy(this::histograms).isInstanceOf(MetricConflictException.class);
  }

  @Test
  void shouldRefuseAnotherGaugeModeAndOtherStates() {
    gauges();
    register(labelled(MetricType.STATESET, "breaker").states(List.of("open", "closed")));

    assertThatThrownBy(
            () -> register(labelled(MetricType.GAUGE, "depth").gaugeMode(GaugeMode.MOST_RECENT)))
        .isInstanceOf(MetricConflictException.class);
    assertThatThrownBy(
            () ->
                register(
                    labelled(MetricType.STATESET, "breaker").states(List.of("closed", "open"))))
        .isInstanceOf(MetricConflictException.class);
  }

  @Test
  void shouldLetNamesStandSideBySideThatOnlyBeginAlike() {
    histograms();
    register(labelled(MetricType.GAUGE, "time_counts"));
    register(labelled(MetricType.GAUGE, "tim"));
    register(labelled(MetricType.GAUGE, "time_total"));

    assertThat(seen().names()).containsExactly("tim", "time", "time_counts", "time_total");
  }

  @Test
  void shouldTakeFamilyOutAndItsNameAnew() {
    final CounterSlot old = counter(counters(), "a");
    old.add(5);

    assertThat(backend.unregister("jobs")).isTrue();
    assertThat(backend.unregister("jobs")).isFalse();
    assertThat(seen().families()).isEmpty();

    final BackendFamily anew = register(labelled(MetricType.GAUGE, "jobs"));
    gauge(anew, "a").set(7);
    old.add(100);

    assertThat(seen().value("jobs", A)).isEqualTo(7);
    assertThat(seen().family("jobs").type()).isEqualTo(MetricType.GAUGE);
  }

  @Test
  void shouldStartFromZeroWhereSameFamilyIsRegisteredAnew() {
    final BackendFamily before = counters();
    final CounterSlot old = counter(before, "a");
    old.add(5);
    backend.unregister("jobs");
    final BackendFamily anew = counters();
    counter(anew, "a").add(1);
    old.add(100);

    assertThat(anew.descriptor()).isNotSameAs(before.descriptor());
    assertThat(seen().value("jobs", A)).isEqualTo(1);
  }

  @Test
  void shouldAcceptHandlesOfFamilyThatWasTakenOut() {
    final BackendFamily old = counters();
    final CounterSlot slot = counter(old, "a");
    backend.unregister("jobs");

    assertThatCode(
            () -> {
              slot.add(1);
              slot.add(0.5);
              slot.value();
              counter(old, "b").add(1);
              old.remove(labels("a"));
              old.clear();
            })
        .doesNotThrowAnyException();
    assertThat(seen().families()).isEmpty();
  }

  @Test
  void shouldHaveNoValueOnceFamilyIsTakenOut() {
    final CounterSlot counter = counter(counters(), "a");
    counter.add(5);
    final GaugeSlot gauge = gauge(gauges(), "a");
    gauge.set(5);
    final DistributionSlot histogram = distribution(histograms(), "a");
    histogram.observe(0, 5);
    backend.unregister("jobs");
    backend.unregister("depth");
    backend.unregister("time");
    counter.add(1);
    gauge.add(1);
    histogram.observe(0, 1);

    assertThat(counter.value()).isZero();
    assertThat(gauge.value()).isNaN();
    assertThat(histogram.count()).isZero();
    assertThat(histogram.sum()).isZero();
  }

  // ---- series

  @Test
  void shouldExportZeroFromCreation() {
    counter(counters(), "a");
    gauge(gauges(), "a");
    distribution(histograms(), "a");
    distribution(register(labelled(MetricType.SUMMARY, "size")), "a");
    gauge(register(labelled(MetricType.STATESET, "state").states(List.of("x"))), "a");

    final Seen seen = seen();
    assertThat(seen.value("jobs", A)).isZero();
    assertThat(seen.value("depth", A)).isZero();
    assertThat(seen.value("state", A)).isZero();
    assertThat(seen.get("time", A).buckets()).containsExactly(0L, 0L, 0L, 0L);
    assertThat(seen.get("time", A).sum()).isZero();
    assertThat(seen.get("size", A).buckets()).containsExactly(0L);
  }

  @Test
  void shouldExportMostRecentGaugeAndInfoFromFirstSet() {
    final GaugeSlot recent = gauge(recents(), "a");
    final GaugeSlot info = gauge(register(labelled(MetricType.INFO, "build")), "a");
    assertThat(seen().labels("recent")).isEmpty();
    assertThat(seen().labels("build")).isEmpty();
    assertThat(recent.value()).isNaN();

    recent.set(0);
    info.set(1);

    assertThat(seen().value("recent", A)).isZero();
    assertThat(seen().value("build", A)).isEqualTo(1);
    assertThat(recent.value()).isZero();
  }

  @Test
  void shouldKeepFamilyWithoutLabels() {
    final BackendFamily family = register(FamilyDescriptor.builder(MetricType.COUNTER, "jobs"));
    ((CounterSlot) family.slot(LabelSet.EMPTY)).add(3);

    assertThat(seen().value("jobs", "")).isEqualTo(3);
  }

  @Test
  void shouldCountIntoOneSeriesThroughAllItsSlots() {
    final BackendFamily family = counters();
    counter(family, "a").add(1);
    counter(family, "a").add(2);
    counter(family, "b").add(10);

    assertThat(counter(family, "a").value()).isEqualTo(3);
    assertThat(seen().value("jobs", A)).isEqualTo(3);
    assertThat(seen().value("jobs", B)).isEqualTo(10);
    assertThat(counter(family, "a").isOverflow()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"", "\\", "\n", "\\n", "a,m=\"b", "}", "ü€🎉", "\u0000", "\r"})
  void shouldKeepAnyLabelValueApart(final String value) {
    final BackendFamily family = counters();
    counter(family, value).add(1);
    counter(family, value + "x").add(2);
    counter(family, "y" + value).add(4);

    final String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    assertThat(seen().labels("jobs")).hasSize(3);
    assertThat(seen().value("jobs", "l=\"" + escaped + '"')).isEqualTo(1);
  }

  @Test
  void shouldKeepLongLabelValues() {
    final String value = "0123456789".repeat(300);
    counter(counters(), value).add(1);

    assertThat(seen().value("jobs", "l=\"" + value + '"')).isEqualTo(1);
  }

  @Test
  void shouldKeepConstantLabelsInFront() {
    final LabelSet both = LabelSet.of(new String[] {"zone", "l"}, new String[] {"z", "a"});
    ((CounterSlot) counters().slot(both)).add(1);

    assertThat(seen().labels("jobs")).containsExactly("zone=\"z\"," + A);
  }

  @Test
  void shouldHoldManySeriesOfManyFamilies() {
    for (int f = 0; f < 20; f++) {
      final BackendFamily family = register(labelled(MetricType.COUNTER, "many_" + f));
      for (int i = 0; i < 500; i++) {
        counter(family, "v" + i).add(f * 1000 + i);
      }
    }
    final Seen seen = seen();
    assertThat(seen.names()).hasSize(20);
    for (int f = 0; f < 20; f++) {
      assertThat(seen.labels("many_" + f)).hasSize(500);
      for (int i = 0; i < 500; i++) {
        assertThat(seen.value("many_" + f, "l=\"v" + i + '"')).isEqualTo(f * 1000 + i);
      }
    }
  }

  @Test
  void shouldNotShowOverflowSeriesThatNobodyNeeded() {
    counter(counters(), "a");

    assertThat(seen().labels("jobs")).containsExactly(A);
  }

  @Test
  void shouldTellWhenSeriesWasCreated() {
    final long before = System.currentTimeMillis();
    counter(counters(), "a");
    final long after = System.currentTimeMillis();

    assertThat(seen().get("jobs", A).createdMillis()).isBetween(before, after);
  }

  // ---- values

  @Test
  void shouldSumWholeAndOtherIncrements() {
    final CounterSlot slot = counter(counters(), "a");
    slot.add(Integer.MAX_VALUE);
    slot.add(Integer.MAX_VALUE);
    slot.add(0);
    slot.add(0.5);
    slot.add(0.25);
    slot.add(0x1p40);

    final double sum = 2.0 * Integer.MAX_VALUE + 0.75 + 0x1p40;
    assertThat(slot.value()).isEqualTo(sum);
    assertThat(seen().value("jobs", A)).isEqualTo(sum);
  }

  @Test
  void shouldCountHugeAmounts() {
    final CounterSlot slot = counter(counters(), "a");
    slot.add(1e300);
    slot.add(1);

    assertThat(slot.value()).isEqualTo(1e300);
  }

  @Test
  void shouldSetAndAddToGauge() {
    final GaugeSlot slot = gauge(gauges(), "a");
    slot.add(2.5);
    assertThat(slot.value()).isEqualTo(2.5);
    slot.set(10);
    slot.add(-12.5);
    assertThat(seen().value("depth", A)).isEqualTo(-2.5);
    slot.set(0);
    assertThat(seen().value("depth", A)).isZero();
  }

  @Test
  void shouldShowInfinityAndNaN() {
    final GaugeSlot slot = gauge(gauges(), "a");
    slot.set(Double.POSITIVE_INFINITY);
    assertThat(seen().value("depth", A)).isEqualTo(Double.POSITIVE_INFINITY);
    slot.add(Double.NEGATIVE_INFINITY);
    assertThat(seen().value("depth", A)).isNaN();
    slot.add(1);
    assertThat(seen().value("depth", A)).isNaN();
    slot.set(Double.NEGATIVE_INFINITY);
    assertThat(slot.value()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void shouldNotShowGaugeWhoseOnlyPartIsTakenAway() {
    final List<BackendFamily> families =
        List.of(gauges(), recents(), register(labelled(MetricType.INFO, "build")));
    for (final BackendFamily family : families) {
      final String name = family.descriptor().name();
      final GaugeSlot slot = gauge(family, "a");
      slot.unset();
      slot.set(7);
      assertThat(seen().value(name, A)).isEqualTo(7);

      slot.unset();
      assertThat(seen().labels(name)).isEmpty();
      assertThat(slot.value()).isNaN();
      slot.add(2);
      assertThat(seen().value(name, A)).isEqualTo(2);

      slot.unset();
      slot.set(0);
      assertThat(seen().value(name, A)).isZero();
    }
  }

  @Test
  void shouldNotTakeAnyNaNForUnset() {
    final GaugeSlot shared = gauge(gauges(), "a");
    final GaugeSlot recent = gauge(recents(), "a");
    final Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      final long payload = i < 52 ? 1L << i : (random.nextLong() >>> 12) | 1;
      final double nan = Double.longBitsToDouble(0x7ff0_0000_0000_0000L | payload);
      final double negative = Double.longBitsToDouble(0xfff0_0000_0000_0000L | payload);
      shared.set(nan);
      recent.set(negative);

      assertThat(seen().value("depth", A)).isNaN();
      assertThat(seen().value("recent", A)).isNaN();
    }
  }

  @Test
  void shouldKeepLastValueOfMostRecentGauge() {
    final BackendFamily family = recents();
    gauge(family, "a").set(3);
    gauge(family, "a").set(2);

    assertThat(seen().value("recent", A)).isEqualTo(2);
  }

  @Test
  void shouldCountObservationsByBucket() {
    final DistributionSlot slot = distribution(histograms(), "a");
    slot.observe(0, 0.5);
    slot.observe(0, -8);
    slot.observe(1, 2);
    slot.observe(3, 1024);

    assertThat(slot.count()).isEqualTo(4);
    assertThat(slot.sum()).isEqualTo(1018.5);
    assertThat(seen().get("time", A).buckets()).containsExactly(2L, 1L, 0L, 1L);
    assertThat(seen().get("time", A).sum()).isEqualTo(1018.5);
  }

  @Test
  void shouldCountManyObservationsOfABucketAtOnce() {
    final DistributionSlot slot = distribution(histograms(), "a");
    slot.observe(1, 1.5);
    slot.observeMany(1, 40_000, 70_000.25);
    slot.observeMany(3, 1, 8);

    assertThat(slot.count()).isEqualTo(40_002);
    assertThat(slot.sum()).isEqualTo(70_009.75);
    assertThat(seen().get("time", A).buckets()).containsExactly(0L, 40_001L, 0L, 1L);
    assertThat(seen().get("time", A).sum()).isEqualTo(70_009.75);
  }

  @Test
  void shouldReadAllBucketsAtOnce() {
    final BackendFamily family = histograms();
    final DistributionSlot slot = distribution(family, "a");
    slot.observe(1, 1.5);
    slot.observe(3, 8);
    slot.observe(3, 9);
    final long[] counts = {-1, -1, -1, -1};

    slot.buckets(counts);
    assertThat(counts).containsExactly(0, 1, 0, 2);
    for (int b = 0; b < counts.length; b++) {
      assertThat(slot.bucket(b)).isEqualTo(counts[b]);
    }

    family.remove(labels("a"));
    slot.buckets(counts);
    assertThat(counts).containsOnly(0);
  }

  @Test
  void shouldKeepNeighboursApart() {
    final BackendFamily family = histograms();
    distribution(family, "a").observe(3, 5);
    distribution(family, "b").observe(0, 1);
    counter(counters(), "a").add(7);

    assertThat(seen().get("time", A).buckets()).containsExactly(0L, 0L, 0L, 1L);
    assertThat(seen().get("time", B).buckets()).containsExactly(1L, 0L, 0L, 0L);
    assertThat(seen().get("time", B).sum()).isEqualTo(1);
  }

  @Test
  void shouldHoldHistogramWithManyBuckets() {
    final double[] bounds = new double[1000];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = i;
    }
    final BackendFamily family = register(labelled(MetricType.HISTOGRAM, "wide").bounds(bounds));
    for (int i = 0; i <= bounds.length; i++) {
      distribution(family, "a").observe(i, i);
    }

    assertThat(seen().get("wide", A).buckets()).hasSize(1001).containsOnly(1L);
    assertThat(distribution(family, "a").count()).isEqualTo(1001);
  }

  @Test
  void shouldSumInfiniteObservations() {
    final DistributionSlot slot = distribution(histograms(), "a");
    slot.observe(3, Double.POSITIVE_INFINITY);

    assertThat(slot.count()).isEqualTo(1);
    assertThat(slot.sum()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void shouldShowStateByItsNumber() {
    final GaugeSlot slot =
        gauge(register(labelled(MetricType.STATESET, "s").states(List.of("x", "y"))), "a");
    slot.set(2);

    assertThat(slot.value()).isEqualTo(2);
    assertThat(seen().value("s", A)).isEqualTo(2);
  }

  // ---- removal

  @Test
  void shouldHideRemovedSeriesUntilNextUpdate() {
    final BackendFamily family = counters();
    final CounterSlot old = counter(family, "a");
    counter(family, "b").add(1);
    old.add(41);
    old.add(0.5);

    assertThat(family.remove(labels("a"))).isTrue();
    assertThat(seen().labels("jobs")).containsExactly(B);
    assertThat(old.value()).isZero();

    old.add(2);
    assertThat(seen().value("jobs", A)).isEqualTo(2);
    assertThat(old.value()).isEqualTo(2);
    assertThat(counter(family, "a").value()).isEqualTo(2);
    assertThat(seen().value("jobs", B)).isEqualTo(1);
  }

  @Test
  void shouldBringSeriesBackByOtherThanWholeIncrement() {
    final BackendFamily family = counters();
    final CounterSlot old = counter(family, "a");
    old.add(0.5);
    family.remove(labels("a"));
    old.add(0.25);

    assertThat(seen().value("jobs", A)).isEqualTo(0.25);
  }

  @Test
  void shouldBringCounterBackByAmountOfZero() {
    final BackendFamily family = counters();
    final CounterSlot whole = counter(family, "a");
    final CounterSlot other = counter(family, "b");
    whole.add(5);
    other.add(5);
    family.clear();

    whole.add(0);
    other.add(0.0);
    assertThat(seen().value("jobs", A)).isZero();
    assertThat(seen().value("jobs", B)).isZero();

    family.clear();
    assertThat(seen().labels("jobs")).isEmpty();
  }

  @Test
  void shouldFindSeriesWithoutCreatingItOrBringingItBack() {
    final BackendFamily family = counters();
    assertThat(family.find(labels("a"))).isNull();
    assertThat(seen().labels("jobs")).isEmpty();

    counter(family, "a").add(3);
    assertThat(((CounterSlot) family.find(labels("a"))).value()).isEqualTo(3);

    family.remove(labels("a"));
    final CounterSlot removed = (CounterSlot) family.find(labels("a"));
    assertThat(removed == null ? 0 : removed.value()).isZero();
    assertThat(seen().labels("jobs")).isEmpty();
  }

  @Test
  void shouldBringSeriesBackFromZeroWhereItIsCreatedAnew() {
    final BackendFamily family = counters();
    final CounterSlot old = counter(family, "a");
    old.add(41);
    family.remove(labels("a"));
    final CounterSlot anew = counter(family, "a");

    assertThat(seen().value("jobs", A)).isZero();
    old.add(1);
    anew.add(2);
    assertThat(seen().value("jobs", A)).isEqualTo(3);
  }

  @Test
  void shouldKnowWhatThereIsToRemove() {
    final BackendFamily family = counters();
    counter(family, "a");

    assertThat(family.remove(labels("never"))).isFalse();
    assertThat(family.remove(labels("a"))).isTrue();
    assertThat(family.remove(labels("a"))).isFalse();
    assertThat(seen().has("jobs", "l=\"never\"")).isFalse();
  }

  @Test
  void shouldRemoveAgainAndAgain() {
    final BackendFamily family = counters();
    final CounterSlot slot = counter(family, "a");
    for (int i = 1; i <= 200; i++) {
      slot.add(i);
      slot.add(0.5);
      assertThat(slot.value()).isEqualTo(i + 0.5);
      assertThat(family.remove(labels("a"))).isTrue();
      assertThat(seen().labels("jobs")).isEmpty();
    }
  }

  @Test
  void shouldClearFamily() {
    final BackendFamily family = counters();
    final CounterSlot a = counter(family, "a");
    a.add(1);
    counter(family, "b").add(1);
    gauge(gauges(), "a").set(1);
    family.clear();

    assertThat(seen().labels("jobs")).isEmpty();
    assertThat(seen().labels("depth")).containsExactly(A);
    a.add(5);
    assertThat(seen().labels("jobs")).containsExactly(A);
    assertThat(seen().value("jobs", A)).isEqualTo(5);
  }

  @Test
  void shouldRemoveDistribution() {
    final BackendFamily family = histograms();
    final DistributionSlot slot = distribution(family, "a");
    slot.observe(0, 0.5);
    slot.observe(3, 64);
    family.remove(labels("a"));
    assertThat(seen().labels("time")).isEmpty();
    assertThat(slot.count()).isZero();
    assertThat(slot.sum()).isZero();

    slot.observe(1, 2);
    assertThat(seen().get("time", A).buckets()).containsExactly(0L, 1L, 0L, 0L);
    assertThat(seen().get("time", A).sum()).isEqualTo(2);
    assertThat(slot.count()).isEqualTo(1);
  }

  @Test
  void shouldBringDistributionBackByObservationOfZero() {
    final BackendFamily family = histograms();
    final DistributionSlot slot = distribution(family, "a");
    family.remove(labels("a"));
    slot.observe(0, 0);

    assertThat(seen().get("time", A).buckets()).containsExactly(1L, 0L, 0L, 0L);
  }

  @Test
  void shouldRemoveGauge() {
    final BackendFamily family = gauges();
    final GaugeSlot slot = gauge(family, "a");
    slot.set(7);
    family.remove(labels("a"));
    assertThat(seen().labels("depth")).isEmpty();

    slot.add(1);
    assertThat(seen().value("depth", A)).isEqualTo(1);
    family.remove(labels("a"));
    slot.set(0);
    assertThat(seen().value("depth", A)).isZero();
    family.remove(labels("a"));
    gauge(family, "a");
    assertThat(seen().value("depth", A)).isZero();
  }

  @Test
  void shouldHideRemovedMostRecentGaugeAndInfoUntilSet() {
    final BackendFamily recents = recents();
    final BackendFamily infos = register(labelled(MetricType.INFO, "build"));
    gauge(recents, "a").set(1);
    gauge(infos, "a").set(1);
    recents.remove(labels("a"));
    infos.remove(labels("a"));
    final GaugeSlot recent = gauge(recents, "a");
    final GaugeSlot info = gauge(infos, "a");
    assertThat(seen().labels("recent")).isEmpty();
    assertThat(seen().labels("build")).isEmpty();

    recent.set(2);
    info.set(1);
    assertThat(seen().value("recent", A)).isEqualTo(2);
    assertThat(seen().value("build", A)).isEqualTo(1);
  }

  @Test
  void shouldMoveCreatedTimeForwardAtEachRemovalHoweverSoonItComes() {
    final BackendFamily family = counters();
    final CounterSlot slot = counter(family, "a");
    slot.add(1);
    long before = seen().get("jobs", A).createdMillis();
    for (int i = 0; i < 50; i++) {
      family.remove(labels("a"));
      slot.add(1);
      final long created = seen().get("jobs", A).createdMillis();
      assertThat(created).isGreaterThan(before);
      before = created;
    }
  }

  @Test
  void shouldMoveCreatedTimeToRemoval() throws InterruptedException {
    final BackendFamily family = counters();
    final CounterSlot slot = counter(family, "a");
    slot.add(1);
    final long created = seen().get("jobs", A).createdMillis();
    Thread.sleep(20);
    final long before = System.currentTimeMillis();
    family.remove(labels("a"));
    slot.add(1);

    assertThat(before).isGreaterThan(created);
    assertThat(seen().get("jobs", A).createdMillis()).isGreaterThanOrEqualTo(before);
  }

  // ---- visits

  @Test
  void shouldShowFamiliesInOrderOfNames() {
    for (final String name : List.of("b", "a_b", "C", "a", "ab", "a:")) {
      counter(register(labelled(MetricType.COUNTER, name)), "x");
    }

    assertThat(seen().names()).containsExactly("C", "a", "a:", "a_b", "ab", "b");
  }

  @Test
  void shouldShowSameDescriptorAtEachVisit() {
    final FamilyDescriptor held = counters().descriptor();

    assertThat(seen().family("jobs")).isSameAs(held);
    assertThat(seen().family("jobs")).isSameAs(held);
  }

  @Test
  void shouldLeaveOutSeriesThatVisitorDoesNotWant() {
    counter(counters(), "a");
    backend.visit(
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
  void shouldEndVisitWithWhatVisitorThrows() {
    counter(counters(), "a");
    counter(counters(), "b");

    assertThatThrownBy(
            () ->
                backend.visit(
                    new SeriesVisitor<IOException>() {
                      @Override
                      public boolean family(final FamilyDescriptor family) {
                        return true;
                      }

                      @Override
                      public void series(final Series series) throws IOException {
                        throw new IOException("full");
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
    assertThat(seen().labels("jobs")).hasSize(2);
  }

  @Test
  void shouldHoldUpNobodyDuringVisit() {
    final BackendFamily family = counters();
    counter(family, "a");
    backend.visit(
        new SeriesVisitor<RuntimeException>() {
          @Override
          public boolean family(final FamilyDescriptor shown) {
            inOtherThread(BackendContract.this::gauges);
            return true;
          }

          @Override
          public void series(final Series series) {
            inOtherThread(() -> counter(family, "b").add(1));
            inOtherThread(() -> family.remove(labels("a")));
          }
        });

    assertThat(seen().labels("jobs")).containsExactly(B);
    assertThat(seen().names()).contains("depth");
  }

  private static void inOtherThread(final Runnable task) {
    assertThatCode(() -> CompletableFuture.runAsync(task).get(30, TimeUnit.SECONDS))
        .doesNotThrowAnyException();
  }

  // ---- threads

  @Test
  void shouldCreateOneSeriesHoweverManyThreadsAskForIt() {
    final BackendFamily family = counters();
    Threads.run(
        8,
        number -> {
          for (int i = 0; i < 500; i++) {
            counter(family, "v" + i).add(1);
          }
        });
    final Seen seen = seen();
    assertThat(seen.labels("jobs")).hasSize(500);
    for (int i = 0; i < 500; i++) {
      assertThat(seen.value("jobs", "l=\"v" + i + '"')).isEqualTo(8);
    }
  }

  @Test
  void shouldRegisterOneFamilyHoweverManyThreadsAskForIt() {
    Threads.run(
        8,
        number -> {
          for (int i = 0; i < 50; i++) {
            counter(register(labelled(MetricType.COUNTER, "c" + i)), "a").add(1);
          }
        });
    for (int i = 0; i < 50; i++) {
      assertThat(seen().value("c" + i, A)).isEqualTo(8);
    }
  }

  @Test
  void shouldLoseNoUpdateOfAnyThread() {
    final CounterSlot counter = counter(counters(), "a");
    final GaugeSlot gauge = gauge(gauges(), "a");
    final DistributionSlot distribution = distribution(histograms(), "a");
    Threads.run(
        8,
        number -> {
          for (int i = 0; i < 10_000; i++) {
            counter.add(1);
            counter.add(0.5);
            gauge.add(i % 2 == 0 ? 2 : -1);
            distribution.observe(i & 3, 0.25);
          }
        });

    assertThat(counter.value()).isEqualTo(120_000);
    assertThat(gauge.value()).isEqualTo(40_000);
    assertThat(seen().get("time", A).buckets()).containsOnly(20_000L);
    assertThat(distribution.sum()).isEqualTo(20_000);
  }

  @Test
  void shouldNeverShowMoreOrLessThanWasCounted() {
    final CounterSlot slot = counter(counters(), "a");
    final AtomicBoolean done = new AtomicBoolean();
    Threads.run(
        3,
        number -> {
          if (number == 0) {
            double last = 0;
            while (!done.get()) {
              final double now = seen().value("jobs", A);
              assertThat(now).isBetween(last, 100_000.0);
              last = now;
            }
          } else {
            for (int i = 0; i < 50_000; i++) {
              slot.add(1);
            }
            done.set(number == 1 || done.get());
          }
        });

    assertThat(slot.value()).isEqualTo(100_000);
  }

  @Test
  void shouldCountWhatIsAddedAfterRemovalWhileOthersRemove() {
    final BackendFamily family = counters();
    final CounterSlot slot = counter(family, "a");
    Threads.run(
        4,
        number -> {
          for (int i = 0; i < 2_000; i++) {
            switch (number) {
              case 0 -> family.remove(labels("a"));
              case 1 -> counter(family, "a");
              case 2 -> assertThat(slot.value()).isBetween(0.0, 2_000.0);
              default -> slot.add(1);
            }
          }
        });
    family.remove(labels("a"));
    slot.add(3);

    assertThat(seen().value("jobs", A)).isEqualTo(3);
  }

  @Test
  void shouldNotShowHalfOfWhatIsRemoved() {
    final BackendFamily family = counters();
    final CounterSlot slot = counter(family, "a");
    final AtomicBoolean done = new AtomicBoolean();
    Threads.run(
        2,
        number -> {
          if (number == 0) {
            for (int i = 0; i < 3_000; i++) {
              slot.add(0x1p20);
              slot.add(1 << 20);
              family.remove(labels("a"));
            }
            done.set(true);
          }
          while (!done.get()) {
            final Seen seen = seen();
            if (seen.has("jobs", A)) {
              assertThat(seen.value("jobs", A)).isIn(0.0, 0x1p20, 0x1p21);
            }
          }
        });
  }

  // ---- the end

  @Test
  void shouldLetKeptSlotsCountAfterClose() {
    final BackendFamily family = counters();
    final CounterSlot counter = counter(family, "a");
    final GaugeSlot gauge = gauge(gauges(), "a");
    final DistributionSlot distribution = distribution(histograms(), "a");
    backend.close();
    backend.close();

    assertThatCode(
            () -> {
              counter.add(1);
              counter.add(0.5);
              counter.value();
              gauge.set(1);
              gauge.add(1);
              gauge.unset();
              gauge.value();
              distribution.observe(0, 1);
              distribution.count();
              distribution.sum();
            })
        .doesNotThrowAnyException();
  }
}
