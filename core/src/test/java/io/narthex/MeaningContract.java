package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.narthex.backend.Backend;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.Seen;
import io.narthex.backend.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics mean to applications, whichever backend they count into. */
public abstract class MeaningContract {
  private Backend backend;
  private MetricRegistry registry;
  private Counter requests;

  /** For subclasses. */
  protected MeaningContract() {}

  /** Makes a backend that holds nothing. The contract closes it. */
  protected abstract Backend create();

  @BeforeEach
  final void open() {
    backend = create();
    registry = MetricRegistry.create(backend);
    requests =
        Counter.builder("http_requests_total")
            .labelNames("method", "status")
            .defaultLabel("status", "200")
            .register(registry);
  }

  @AfterEach
  final void close() {
    registry.close();
  }

  private Seen seen() {
    return Seen.of(registry::visit);
  }

  private double requests(final String method, final String status) {
    return seen().value("http_requests", "method=\"" + method + "\",status=\"" + status + '"');
  }

  private Counter counter(final String name) {
    return Counter.builder(name).register(registry);
  }

  private Gauge gauge(final String name) {
    return Gauge.builder(name).register(registry);
  }

  private Histogram histogram(final String name, final double... bounds) {
    return Histogram.builder(name).buckets(bounds).register(registry);
  }

  // ---- labels

  @Test
  void shouldRefuseNullWhereAShorterChildExists() {
    final Counter one = Counter.builder("one").labelNames("a").register(registry);
    final Counter two = Counter.builder("two").labelNames("a", "b").register(registry);
    one.labelValues("x");
    two.labelValues("x", "y");

    assertThatThrownBy(() -> one.labelValues("x", null))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContaining("one_total");
    assertThatThrownBy(() -> two.labelValues("x", "y", null))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> two.labelValues("x", "y", null, null))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> counter("none").labelValues((String) null))
        .isInstanceOf(LabelValidationException.class);
  }

  @Test
  void shouldMeanTheSameSeriesByConstantLabelsInAnyOrder() {
    for (final String[] order : new String[][] {{"x", "y"}, {"y", "x"}}) {
      final MetricRegistry labelled =
          MetricRegistry.builder()
              .backend(backend)
              .constantLabel(order[0], order[0])
              .constantLabel(order[1], order[1])
              .build();
      Counter.builder("constant").register(labelled).inc();
    }

    assertThat(seen().value("constant", "x=\"x\",y=\"y\"")).isEqualTo(2);
  }

  @Test
  void shouldRefuseStateSetWhoseNameIsNoLabel() {
    for (final String name : new String[] {"job:state", "__state"}) {
      assertThatThrownBy(() -> StateSet.builder(name).states("on").register(registry))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void shouldRegisterStatesThatCannotBeEncoded() {
    assertThatThrownBy(() -> StateSet.builder("twice").states("\ud800", "?"))
        .isInstanceOf(IllegalArgumentException.class);

    final StateSet set = StateSet.builder("odd").states("\ud800").register(registry);

    assertThat(StateSet.builder("odd").states("\ud800").register(registry)).isSameAs(set);
  }

  /** As a damaged file may have one, or another program in Redis. */
  @ParameterizedTest
  @ValueSource(doubles = {3, 232, 1.5, 1e300, Double.POSITIVE_INFINITY, Double.NaN, -1, 0.5})
  void shouldHaveNoStateWhereTheNumberOfNoneIsKept(final double number) {
    final StateSet set = StateSet.builder("door").states("open", "shut").register(registry);
    set.set("shut");
    assertThat(set.state()).hasValue("shut");

    ((GaugeSlot) set.readable()).set(number);

    assertThat(set.state()).isEmpty();
  }

  @Test
  void shouldFindOneChildHoweverItsLabelsAreGiven() {
    final Counter child = requests.labelValues("GET", "404");

    assertThat(requests.labels("method", "GET", "status", "404")).isSameAs(child);
    assertThat(requests.labels("status", "404", "method", "GET")).isSameAs(child);
    assertThat(requests.labels("status", "404").labels("method", "GET")).isSameAs(child);
    assertThat(requests.labels(Map.of("method", "GET", "status", "404"))).isSameAs(child);
    assertThat(requests.labelValues(new String[] {"GET", "404"})).isSameAs(child);
    assertThat(requests.labelValues(new String("GET"), new String("404"))).isSameAs(child);
    assertThat(seen().labels("http_requests")).hasSize(1);
  }

  @Test
  void shouldCountDefaultsAndSameValuesGivenIntoOneSeries() {
    requests.labels("method", "GET").inc();
    requests.labels("method", "GET").labels("status", "200").inc(2);
    requests.labelValues("GET", "200").inc(4);

    assertThat(requests("GET", "200")).isEqualTo(7);
    assertThat(seen().labels("http_requests")).hasSize(1);
  }

  @Test
  void shouldPreferValuesGivenToDefaults() {
    final Counter get = requests.labels("method", "GET");
    get.labels("status", "404").inc(3);
    get.inc();

    assertThat(requests("GET", "404")).isEqualTo(3);
    assertThat(requests("GET", "200")).isEqualTo(1);
  }

  @Test
  void shouldLeaveNoSeriesBehindForViewThatIsOnlyNarrowed() {
    requests.labels("method", "GET").labels("status", "404");

    assertThat(seen().labels("http_requests")).containsExactly("method=\"GET\",status=\"404\"");
  }

  @Test
  void shouldReturnSameViewForNothingNew() {
    final Counter get = requests.labels("method", "GET");
    final Counter child = requests.labelValues("GET", "404");

    assertThat(requests.labels()).isSameAs(requests);
    assertThat(requests.labels(Map.of())).isSameAs(requests);
    assertThat(get.labels()).isSameAs(get);
    assertThat(get.labels("method", "GET")).isSameAs(get);
    assertThat(get.labels(Map.of("method", "GET"))).isSameAs(get);
    assertThat(child.labels("status", "404")).isSameAs(child);
    assertThat(child.labels("status", "404", "method", "GET")).isSameAs(child);
    assertThat(child.labels()).isSameAs(child);
  }

  @Test
  void shouldGiveOtherChildForOverride() {
    final Counter child = requests.labelValues("GET", "404");

    assertThat(child.labels("status", "500")).isSameAs(requests.labelValues("GET", "500"));
    assertThat(child.labels("method", "PUT", "status", "500"))
        .isSameAs(requests.labelValues("PUT", "500"));
    assertThat(requests.labels("method", "PUT").labels("method", "GET").labels("status", "404"))
        .isSameAs(child);
  }

  @Test
  void shouldExportCompleteChildAsZeroAtOnce() {
    requests.labels("method", "PUT", "status", "201");

    assertThat(requests("PUT", "201")).isZero();
  }

  @Test
  void shouldObserveFamilyWhoseLabelsAllHaveDefaults() {
    final Counter jobs =
        Counter.builder("jobs")
            .labelNames("queue", "host")
            .defaultLabel("queue", "mail")
            .defaultLabel("host", "a")
            .register(registry);
    assertThat(seen().labels("jobs")).isEmpty();
    jobs.inc();
    jobs.inc();

    assertThat(jobs.value()).isEqualTo(2);
    assertThat(seen().value("jobs", "queue=\"mail\",host=\"a\"")).isEqualTo(2);
  }

  @Test
  void shouldReadViewThatDefaultsCompleteWithoutCreatingItsSeries() {
    final Counter get = requests.labels("method", "GET");
    final Histogram time =
        Histogram.builder("time").labelNames("l").defaultLabel("l", "a").register(registry);
    final Gauge depth =
        Gauge.builder("depth").labelNames("l").defaultLabel("l", "a").register(registry);
    assertThat(get.value()).isZero();
    assertThat(time.count()).isZero();
    assertThat(time.sum()).isZero();
    assertThat(depth.value()).isNaN();
    assertThat(seen().labels("http_requests")).isEmpty();
    assertThat(seen().labels("time")).isEmpty();
    assertThat(seen().labels("depth")).isEmpty();
    assertThatThrownBy(requests::value).isInstanceOf(UnobservableMetricException.class);

    requests.labelValues("GET", "200").inc(3);
    assertThat(get.value()).isEqualTo(3);
  }

  @Test
  void shouldNameLabelsThatAreMissing() {
    assertThatThrownBy(requests::inc)
        .isInstanceOf(UnobservableMetricException.class)
        .hasMessageContaining("http_requests_total")
        .hasMessageContaining("label method");
    assertThatThrownBy(() -> requests.inc(2)).isInstanceOf(UnobservableMetricException.class);
    assertThatThrownBy(requests::value).isInstanceOf(UnobservableMetricException.class);
    assertThat(seen().labels("http_requests")).isEmpty();
  }

  @Test
  void shouldRefuseLabelsThatAreNotThere() {
    assertThatThrownBy(() -> requests.labels("path", "/"))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("http_requests_total", "path", "method, status");
    assertThatThrownBy(() -> requests.labels(Map.of("path", "/")))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.labels("method", "GET", "path", "/"))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.labels((String) null, "/"))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> counter("plain").labels("path", "/"))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("plain", "path");
    assertThatThrownBy(() -> counter("plain").labelValues("/"))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContaining("plain");
  }

  @Test
  void shouldRefuseValuesThatAreNull() {
    assertThatThrownBy(() -> requests.labels("method", null))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("http_requests_total", "method");
    assertThatThrownBy(() -> requests.labelValues("GET", null))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("http_requests_total", "status");
    assertThatThrownBy(() -> requests.labels("status", "1", "method", null))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.remove("GET", null))
        .isInstanceOf(LabelValidationException.class);
  }

  @Test
  void shouldShortenLongTextsInMessages() {
    final String text = "v".repeat(5_000);
    final String shown = "v".repeat(100) + "… (5000 characters)";

    assertThat(requests.labels("method", text).toString())
        .isEqualTo("counter http_requests_total{method=\"" + shown + "\"}");
    assertThatThrownBy(() -> requests.labelValues(text)).message().contains(shown);
    assertThatThrownBy(() -> requests.labels(text, "x")).message().contains(shown);
    assertThatThrownBy(() -> requests.labels("status", "x", text)).message().contains(shown);
    assertThatThrownBy(() -> gauge("-" + text)).message().contains("v… (5001 characters)");
    counter(text);
    assertThatThrownBy(() -> gauge(text)).message().contains("counter " + shown, "gauge " + shown);
    assertThatThrownBy(() -> StateSet.builder("s").states("a").register(registry).set(text))
        .message()
        .contains(shown)
        .hasSizeLessThan(1_000);
  }

  @Test
  void shouldRefuseWrongNumberOfValues() {
    assertThatThrownBy(() -> requests.labelValues("GET"))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("http_requests_total", "method, status", "[GET]");
    assertThatThrownBy(() -> requests.labelValues("GET", "200", "x"))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.labelValues("a", "b", "c", "d", "e"))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.labelValues()).isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.labels("method", "GET", "status"))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> requests.remove("GET")).isInstanceOf(LabelValidationException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9})
  void shouldTakeAnyNumberOfLabels(final int count) {
    final String[] names = new String[count];
    final String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "l" + i;
      values[i] = "v" + i;
    }
    final Counter family = Counter.builder("wide").labelNames(names).register(registry);
    final Counter child = family.labelValues(values);
    Counter view = family;
    for (int i = count - 1; i >= 0; i--) {
      view = view.labels("l" + i, "v" + i);
    }
    child.inc();
    view.inc();
    values[0] = "changed by the caller later";

    assertThat(view).isSameAs(child);
    assertThat(child.value()).isEqualTo(2);
    assertThat(seen().labels("wide")).hasSize(1);
    child.labels("l" + (count - 1), "other").inc();
    assertThat(seen().labels("wide")).hasSize(2);
  }

  @Test
  void shouldKeepManyChildrenApart() {
    for (int i = 0; i < 1_000; i++) {
      requests.labelValues("m" + i % 37, "s" + i / 37).inc(i);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(requests.labelValues("m" + i % 37, "s" + i / 37).value()).isEqualTo(i);
    }
    assertThat(seen().labels("http_requests")).hasSize(1_000);
  }

  @Test
  void shouldGiveAllThreadsOneChild() {
    final List<Counter> found = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      final String method = "m" + i;
      final Counter[] children = new Counter[4];
      Threads.run(
          4,
          number -> {
            children[number] = requests.labels("method", method).labels("status", "1");
            children[number].inc();
            requests.labels("method", method).inc();
          });
      found.addAll(List.of(children));
      assertThat(found).containsOnly(children[0]);
      found.clear();
      assertThat(children[0].value()).isEqualTo(4);
      assertThat(requests(method, "200")).isEqualTo(4);
    }
  }

  // ---- names

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "é", "a\n", "_total", "a.b"})
  void shouldRefuseBadNames(final String name) {
    assertThatThrownBy(() -> counter(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a-zA-Z_:][a-zA-Z0-9_:]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_total"})
  void shouldRefuseNameThatIsEmptyButForPrefixAndSuffix(final String name) {
    final MetricRegistry shop = MetricRegistry.builder().backend(backend).prefix("shop_").build();

    assertThatThrownBy(() -> Counter.builder(name).register(shop))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"shop_" + name + '"', "empty");
    assertThat(seen().names()).containsOnly("http_requests");
  }

  @Test
  void shouldSayFullNameOfStateSetWithoutStates() {
    final MetricRegistry shop = MetricRegistry.builder().backend(backend).prefix("shop_").build();

    assertThatThrownBy(() -> StateSet.builder("door").register(shop))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop_door");
    assertThatThrownBy(() -> Counter.builder("jobs").labelNames("a", null).register(shop))
        .hasMessageContaining("shop_jobs");
  }

  @Test
  void shouldSayWhatIsNull() {
    assertNull(() -> MetricRegistry.builder().prefix(null), "prefix");
    assertNull(() -> Histogram.builder("time").buckets((double[]) null), "upperBounds");
    assertNull(() -> Counter.builder("jobs").labelNames((String[]) null), "names");
    assertNull(() -> StateSet.builder("door").states((String[]) null), "names");
    assertNull(() -> Counter.builder(null), "name");
    assertNull(() -> Counter.builder("jobs").register(null), "registry");
  }

  private static void assertNull(final ThrowingCallable call, final String parameter) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_a", ":a", "A9:_", "total", "x_total_x"})
  void shouldAcceptGoodNames(final String name) {
    counter(name).inc();

    assertThat(seen().names()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a:b", "__a", "é"})
  void shouldRefuseBadLabelNames(final String label) {
    assertThatThrownBy(() -> Counter.builder("jobs").labelNames(label).register(registry))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContaining("jobs")
        .hasMessageContaining('"' + label + '"');
  }

  @Test
  void shouldRefuseLabelsThatTypeWritesItself() {
    assertThatThrownBy(() -> Histogram.builder("h").labelNames("le").register(registry))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("h", "le");
    assertThatThrownBy(() -> Summary.builder("s").labelNames("quantile").register(registry))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> StateSet.builder("e").states("x").labelNames("e").register(registry))
        .isInstanceOf(LabelValidationException.class);
    assertThatCode(() -> Counter.builder("c").labelNames("le", "quantile", "c").register(registry))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseLabelsThatAreThereTwiceOrNull() {
    assertThatThrownBy(() -> Counter.builder("c").labelNames("a", "a").register(registry))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> Counter.builder("c").labelNames("a", null).register(registry))
        .isInstanceOf(LabelValidationException.class);
  }

  @Test
  void shouldRefuseDefaultForNoLabelAndNullDefault() {
    assertThatThrownBy(
            () -> Counter.builder("c").labelNames("a").defaultLabel("b", "").register(registry))
        .isInstanceOf(LabelValidationException.class)
        .hasMessageContainingAll("c", "b", "a");
    assertThatThrownBy(
            () -> Counter.builder("c").labelNames("a").defaultLabel("a", null).register(registry))
        .isInstanceOf(LabelValidationException.class);
    assertThat(seen().names()).doesNotContain("c");
  }

  @Test
  void shouldTakeUnitThatIsLastWordOfName() {
    Gauge.builder("temperature_celsius").unit("celsius").register(registry);
    Counter.builder("read_bytes_total").unit("bytes").register(registry);

    assertThat(seen().family("temperature_celsius").unit()).isEqualTo("celsius");
    assertThat(seen().family("read_bytes").unit()).isEqualTo("bytes");
    assertThatThrownBy(() -> Gauge.builder("temperature").unit("celsius").register(registry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature_celsius");
    assertThatThrownBy(() -> Gauge.builder("xcelsius").unit("celsius").register(registry))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Info.builder("build_x").unit("x").register(registry))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepOneFamilyWithAndWithoutItsSuffix() {
    assertThat(counter("jobs_total")).isSameAs(counter("jobs"));
    assertThat(Info.builder("build_info").register(registry))
        .isSameAs(Info.builder("build").register(registry));
    assertThat(counter("jobs").name()).isEqualTo("jobs_total");
    assertThat(seen().names()).containsExactly("build", "http_requests", "jobs");
  }

  // ---- registration

  @Test
  void shouldReturnMetricThatIsRegisteredAlready() {
    final Counter again =
        Counter.builder("http_requests")
            .help("Another help.")
            .labelNames("method", "status")
            .defaultLabel("status", "200")
            .register(registry);

    assertThat(again).isSameAs(requests);
    assertThat(seen().family("http_requests").help()).isEmpty();
  }

  @Test
  void shouldKeepDefaultsWithView() {
    final Counter created =
        Counter.builder("http_requests")
            .labelNames("method", "status")
            .defaultLabel("status", "201")
            .register(registry);
    created.labels("method", "GET").inc(5);
    requests.labels("method", "GET").inc();

    assertThat(requests("GET", "201")).isEqualTo(5);
    assertThat(requests("GET", "200")).isEqualTo(1);
    assertThat(created.labelValues("GET", "200")).isSameAs(requests.labelValues("GET", "200"));
  }

  @Test
  void shouldCountIntoOneSeriesFromSeveralRegistriesOfOneBackend() {
    final MetricRegistry other = MetricRegistry.create(backend);
    final Counter again =
        Counter.builder("http_requests").labelNames("method", "status").register(other);
    again.labelValues("GET", "200").inc();
    requests.labelValues("GET", "200").inc();

    assertThat(requests("GET", "200")).isEqualTo(2);
  }

  @Test
  void shouldExportWhatOthersMadeInTheBackend() {
    requests.labelValues("GET", "200").inc();

    assertThat(Seen.of(MetricRegistry.create(backend)::visit).names())
        .containsExactly("http_requests");
  }

  @Test
  void shouldRefuseAnotherSchema() {
    assertThatThrownBy(() -> Gauge.builder("http_requests").register(registry))
        .isInstanceOf(MetricConflictException.class)
        .hasMessageContainingAll("gauge http_requests", "counter http_requests");
    assertThatThrownBy(() -> counter("http_requests_total"))
        .isInstanceOf(MetricConflictException.class);
    gauge("foo_count");
    assertThatThrownBy(() -> histogram("foo", 1))
        .isInstanceOf(MetricConflictException.class)
        .hasMessageContainingAll("histogram foo", "gauge foo_count");
    assertThatThrownBy(() -> gauge("http_requests_total"))
        .isInstanceOf(MetricConflictException.class);
  }

  @Test
  void shouldExportMetricWithoutLabelsFromRegistration() {
    counter("jobs");
    histogram("time", 1, 2);
    gauge("depth");

    assertThat(seen().value("jobs", "")).isZero();
    assertThat(seen().value("depth", "")).isZero();
    assertThat(seen().get("time", "").buckets()).containsExactly(0L, 0L, 0L);
  }

  @Test
  void shouldTakeMetricOut() {
    final Counter child = requests.labelValues("GET", "200");
    child.inc();

    assertThat(registry.unregister("http_requests_total")).isTrue();
    assertThat(registry.unregister("http_requests_total")).isFalse();
    assertThat(seen().names()).isEmpty();
    child.inc();
    requests.labelValues("PUT", "200").inc();
    assertThat(seen().names()).isEmpty();
    assertThat(child.value()).isZero();

    gauge("http_requests").set(4);
    child.inc();
    assertThat(child.value()).isZero();
    assertThat(seen().value("http_requests", "")).isEqualTo(4);
  }

  @Test
  void shouldTakeMetricOutByItsFamilyNameOnlyOrWithItsOwnSuffix() {
    gauge("depth");
    counter("jobs");
    Info.builder("build").register(registry);

    assertThat(registry.unregister("depth_total")).isFalse();
    assertThat(registry.unregister("jobs_info")).isFalse();
    assertThat(registry.unregister("jobs")).isTrue();
    assertThat(registry.unregister("build_info")).isTrue();
    assertThat(seen().names()).containsExactly("depth", "http_requests");
  }

  @Test
  void shouldStartAnewWhereMetricIsRegisteredAfterItWasTakenOutByAnother() {
    final Counter old = counter("jobs");
    old.inc(5);
    MetricRegistry.create(backend).unregister("jobs");
    final Counter anew = counter("jobs");
    anew.inc();
    old.inc(100);

    assertThat(anew).isNotSameAs(old);
    assertThat(seen().value("jobs", "")).isEqualTo(1);
  }

  @Test
  void shouldPutPrefixAndConstantLabelsInFront() {
    final MetricRegistry shop =
        MetricRegistry.builder()
            .backend(backend)
            .prefix("shop_")
            .constantLabel("zone", "a\"b")
            .constantLabel("rack", "7")
            .build();
    final Counter orders = Counter.builder("orders").labelNames("kind").register(shop);
    orders.labelValues("book").inc();
    StateSet.builder("door").states("open").register(shop);

    assertThat(orders.name()).isEqualTo("shop_orders_total");
    assertThat(seen().value("shop_orders", "rack=\"7\",zone=\"a\\\"b\",kind=\"book\""))
        .isEqualTo(1);
    assertThat(seen().names()).contains("shop_door");
    assertThatThrownBy(() -> Counter.builder("x").labelNames("zone").register(shop))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> StateSet.builder("x").states("a").labelNames("shop_x").register(shop))
        .isInstanceOf(LabelValidationException.class);
    assertThat(orders.remove("book")).isTrue();
    assertThat(shop.unregister("orders_total")).isTrue();
    assertThat(registry.unregister("shop_door")).isTrue();
  }

  @Test
  void shouldRefuseBadPrefixesAndConstantLabels() {
    assertThatThrownBy(() -> MetricRegistry.builder().prefix("1_"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MetricRegistry.builder().constantLabel("__a", ""))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(() -> MetricRegistry.builder().constantLabel("a", null))
        .isInstanceOf(LabelValidationException.class);
    assertThatThrownBy(
            () -> MetricRegistry.builder().constantLabel("a", "1").constantLabel("a", "2"))
        .isInstanceOf(LabelValidationException.class);
  }

  @Test
  void shouldRefuseConstantLabelThatTypeWritesItself() {
    final MetricRegistry zoned =
        MetricRegistry.builder().backend(backend).constantLabel("le", "1").build();

    assertThatThrownBy(() -> Histogram.builder("h").register(zoned))
        .isInstanceOf(LabelValidationException.class);
    assertThatCode(() -> Counter.builder("c").register(zoned)).doesNotThrowAnyException();
  }

  // ---- removal

  @Test
  void shouldBringRemovedChildBackFromZeroThroughAnyHandle() {
    final Counter old = requests.labelValues("GET", "200");
    final Counter view = requests.labels("method", "GET");
    old.inc(5);
    view.inc(5);
    assertThat(requests.remove("GET", "200")).isTrue();
    assertThat(requests.remove("GET", "404")).isFalse();
    assertThat(seen().labels("http_requests")).isEmpty();

    old.inc(1);
    assertThat(requests("GET", "200")).isEqualTo(1);
    view.inc(2);
    requests.labelValues("GET", "200").inc(4);
    assertThat(requests("GET", "200")).isEqualTo(7);
    assertThat(old.value()).isEqualTo(7);
  }

  @Test
  void shouldBringRemovedChildBackByIncrementOfZero() {
    final Counter whole = requests.labelValues("GET", "200");
    final Counter other = requests.labelValues("GET", "404");
    whole.inc(5);
    other.inc(5);
    requests.clear();

    whole.inc(0L);
    other.inc(0.0);

    assertThat(requests("GET", "200")).isZero();
    assertThat(requests("GET", "404")).isZero();
  }

  @Test
  void shouldExportRemovedChildAgainWhereItIsLookedUp() {
    requests.labelValues("GET", "200").inc();
    requests.remove("GET", "200");
    requests.labelValues("GET", "200");

    assertThat(requests("GET", "200")).isZero();
  }

  @Test
  void shouldClearAllChildren() {
    final Counter old = requests.labelValues("GET", "200");
    old.inc();
    requests.labelValues("PUT", "200").inc();
    requests.labels("method", "ignored by clear").clear();
    assertThat(seen().labels("http_requests")).isEmpty();

    old.inc(3);
    assertThat(requests("GET", "200")).isEqualTo(3);
    assertThat(seen().labels("http_requests")).hasSize(1);
  }

  @Test
  void shouldComeBackFromZeroAfterSumsThatWereNotFinite() {
    final Counter counter = counter("huge");
    counter.inc(Double.MAX_VALUE);
    counter.inc(Double.MAX_VALUE);
    final Histogram histogram = histogram("time", 1);
    histogram.observe(Double.POSITIVE_INFINITY);
    counter.clear();
    histogram.clear();
    assertThat(seen().has("huge", "")).isFalse();

    counter.inc(0.5);
    histogram.observe(2);

    assertThat(counter.value()).isEqualTo(0.5);
    assertThat(histogram.sum()).isEqualTo(2);
    assertThat(histogram.count()).isEqualTo(1);
  }

  @Test
  void shouldRemoveMetricWithoutLabels() {
    final Counter jobs = counter("jobs");
    jobs.inc();
    assertThat(jobs.remove()).isTrue();
    assertThat(seen().labels("jobs")).isEmpty();
    jobs.inc(2);
    assertThat(seen().value("jobs", "")).isEqualTo(2);
  }

  // ---- counters

  @Test
  void shouldCountAmountsOfAnyKind() {
    final Counter jobs = counter("jobs");
    jobs.inc();
    jobs.inc(3);
    jobs.inc(4L);
    jobs.inc(0.5);
    jobs.inc(0);
    jobs.inc(-0.0);
    jobs.inc(0x1p31);
    jobs.inc(1L << 40);
    jobs.inc(Integer.MAX_VALUE);

    final double sum = 8.5 + 0x1p31 + 0x1p40 + Integer.MAX_VALUE;
    assertThat(jobs.value()).isEqualTo(sum);
    assertThat(seen().value("jobs", "")).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, -1e300, -0x1p70})
  void shouldRefuseAmountsThatCannotBeCounted(final double amount) {
    final Counter jobs = counter("jobs");
    jobs.inc(2.5);

    assertThatThrownBy(() -> jobs.inc(amount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("jobs_total", String.valueOf(amount));
    assertThatThrownBy(() -> jobs.inc(-3L)).isInstanceOf(IllegalArgumentException.class);
    assertThat(jobs.value()).isEqualTo(2.5);
  }

  @Test
  void shouldCountExceptionsAndPassThemOn() throws IOException {
    final Counter jobs = counter("jobs");
    final IOException thrown = new IOException("x");

    assertThatThrownBy(
            () ->
                jobs.countExceptions(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThatThrownBy(() -> jobs.countExceptions(() -> fail(thrown))).isSameAs(thrown);
    assertThatThrownBy(() -> jobs.countExceptions(() -> fail(thrown), RuntimeException.class))
        .isSameAs(thrown);
    assertThatThrownBy(
            () ->
                jobs.countExceptions(
                    () -> read(new AssertionError()), IOException.class, Error.class))
        .isInstanceOf(AssertionError.class);
    jobs.countExceptions(() -> fail(null));
    final int read = jobs.countExceptions(() -> read(null));

    assertThat(read).isEqualTo(42);
    assertThat(jobs.value()).isEqualTo(3);
  }

  private static void fail(final IOException thrown) throws IOException {
    if (thrown != null) {
      throw thrown;
    }
  }

  private static int read(final Error thrown) throws IOException {
    if (thrown != null) {
      throw thrown;
    }
    return 42;
  }

  @Test
  void shouldNotBeginWorkThatPartialViewCannotCount() {
    final Gauge gauge = Gauge.builder("g").labelNames("l").register(registry);
    final Histogram histogram = Histogram.builder("h").labelNames("l").register(registry);
    final Summary summary = Summary.builder("s").labelNames("l").register(registry);
    final List<String> begun = new ArrayList<>();

    assertThatThrownBy(() -> requests.countExceptions(() -> begun.add("counter")))
        .isInstanceOf(UnobservableMetricException.class);
    assertThatThrownBy(() -> gauge.trackInProgress(() -> begun.add("gauge")))
        .isInstanceOf(UnobservableMetricException.class);
    assertThatThrownBy(() -> histogram.time(() -> begun.add("histogram")))
        .isInstanceOf(UnobservableMetricException.class);
    assertThatThrownBy(() -> summary.time(begun::clear))
        .isInstanceOf(UnobservableMetricException.class);
    assertThatThrownBy(histogram::startTimer).isInstanceOf(UnobservableMetricException.class);
    assertThat(begun).isEmpty();
  }

  // ---- gauges

  @Test
  void shouldMoveGaugeUpAndDown() {
    final Gauge depth = gauge("depth");
    depth.inc();
    depth.inc(4);
    depth.dec();
    depth.dec(2.5);
    assertThat(depth.value()).isEqualTo(1.5);
    depth.set(-7);
    assertThat(seen().value("depth", "")).isEqualTo(-7);
    depth.set(Double.NaN);
    assertThat(depth.value()).isNaN();
    depth.set(Double.NEGATIVE_INFINITY);
    assertThat(seen().value("depth", "")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void shouldSetGaugeToCurrentTimeInSeconds() {
    final Gauge last = gauge("last_seconds");
    last.setToCurrentTime();

    assertThat(last.value()).isCloseTo(System.currentTimeMillis() / 1000.0, within(60.0));
  }

  @Test
  void shouldGiveBackWhatIsInProgress() throws IOException {
    final Gauge active = gauge("active");
    final double during = active.trackInProgress(active::value);
    active.trackInProgress(() -> assertThat(active.value()).isEqualTo(1));

    assertThat(during).isEqualTo(1);
    assertThatThrownBy(() -> active.trackInProgress(() -> fail(new IOException())))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> active.trackInProgress(() -> read(new AssertionError())))
        .isInstanceOf(AssertionError.class);
    assertThat(active.value()).isZero();
  }

  @Test
  void shouldOnlySetMostRecentGauge() {
    final Gauge recent = Gauge.builder("recent").mode(GaugeMode.MOST_RECENT).register(registry);
    assertThat(seen().labels("recent")).isEmpty();

    assertThatThrownBy(recent::inc).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> recent.inc(1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(recent::dec).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> recent.dec(1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> recent.trackInProgress(() -> {}))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(seen().labels("recent")).isEmpty();
    recent.set(3);
    assertThat(seen().value("recent", "")).isEqualTo(3);
  }

  // ---- histograms and summaries

  @Test
  void shouldCountIntoBucketWhoseBoundIsAtLeastTheValue() {
    final Histogram time = histogram("time", -1, 0.5, 4);
    for (final double value : new double[] {-2, -1, -0.5, 0.5, 0.75, 4, 5, Double.MAX_VALUE}) {
      time.observe(value);
    }
    assertThat(seen().get("time", "").buckets()).containsExactly(2L, 2L, 2L, 2L);
    assertThat(time.count()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 16, 17, 18, 33, 100, 1_000})
  void shouldFindBucketAmongAnyNumber(final int count) {
    final double[] bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = i * 2;
    }
    for (int i = 0; i < count; i++) {
      assertThat(Buckets.indexOf(bounds, i * 2)).isEqualTo(i);
      assertThat(Buckets.indexOf(bounds, i * 2 - 1)).isEqualTo(i);
      assertThat(Buckets.indexOf(bounds, i * 2 + 1)).isEqualTo(i + 1);
    }
    assertThat(Buckets.indexOf(bounds, Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Buckets.indexOf(bounds, Double.POSITIVE_INFINITY)).isEqualTo(count);
  }

  @Test
  void shouldHaveClassicBucketsByDefault() {
    Histogram.builder("time").register(registry);

    final List<Double> bounds = new ArrayList<>();
    for (int i = 0; i < seen().family("time").boundCount(); i++) {
      bounds.add(seen().family("time").bound(i));
    }
    assertThat(bounds)
        .containsExactly(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
  }

  @Test
  void shouldAcceptTrailingInfinity() {
    final Histogram time = histogram("time", 1, Double.POSITIVE_INFINITY);

    assertThat(seen().family("time").boundCount()).isEqualTo(1);
    assertThat(histogram("time", 1)).isSameAs(time);
  }

  @Test
  void shouldRefuseBadBuckets() {
    for (final double[] bounds :
        new double[][] {
          {},
          {1, 1},
          {2, 1},
          {Double.NaN},
          {1, Double.NaN, 2},
          {Double.NEGATIVE_INFINITY, 1},
          {Double.POSITIVE_INFINITY},
          {1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY},
          {-0.0, 0.0},
        }) {
      assertThatThrownBy(() -> histogram("time", bounds))
          .isInstanceOf(BucketException.class)
          .hasMessageContaining("time");
    }
  }

  @Test
  void shouldMakeBucketsOfOneWidthAndOfGrowingWidth() {
    Histogram.builder("linear").linearBuckets(1, 2, 3).register(registry);
    Histogram.builder("exponential").exponentialBuckets(1, 10, 3).register(registry);

    assertThat(seen().family("linear").bound(2)).isEqualTo(5);
    assertThat(seen().family("exponential").bound(2)).isEqualTo(100);
  }

  @Test
  void shouldNameParameterThatGivesNoBuckets() {
    final Histogram.Builder time = Histogram.builder("time");
    final double infinity = Double.POSITIVE_INFINITY;
    assertBad(() -> time.linearBuckets(Double.NaN, 1, 2), "start NaN");
    assertBad(() -> time.linearBuckets(1, 0, 2), "width 0.0", "positive");
    assertBad(() -> time.linearBuckets(1, infinity, 2), "width Infinity");
    assertBad(() -> time.linearBuckets(1, 1, 0), "count 0", "at least 1");
    assertBad(() -> time.exponentialBuckets(0, 2, 2), "start 0.0", "positive");
    assertBad(() -> time.exponentialBuckets(1, 1, 2), "factor 1.0", "greater than 1");
    assertBad(() -> time.exponentialBuckets(1, 2, -1), "count -1");
    assertBad(() -> time.linearBuckets(1e300, 1, 2), "increase");
    assertBad(() -> time.exponentialBuckets(1, 1e300, 4), "Infinity");
  }

  private static void assertBad(final ThrowingCallable buckets, final String... said) {
    assertThatThrownBy(buckets)
        .isInstanceOf(BucketException.class)
        .hasMessageContaining("time")
        .hasMessageContainingAll(said);
  }

  @Test
  void shouldRefuseNaNAndCountNothingOfIt() {
    final Histogram time = histogram("time", 1);
    final Summary size = Summary.builder("size").register(registry);

    assertThatThrownBy(() -> time.observe(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> size.observe(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThat(time.count()).isZero();
    assertThat(time.sum()).isZero();
    assertThat(size.count()).isZero();
    assertThat(size.sum()).isZero();
  }

  @Test
  void shouldObserveDurationsInSeconds() {
    final Histogram time = histogram("time_seconds", 0.01, 0.1);
    final Summary wait = Summary.builder("wait_seconds").register(registry);
    time.observe(Duration.ofMillis(20));
    wait.observe(Duration.ofMillis(1_500));

    assertThat(time.sum()).isEqualTo(0.02);
    assertThat(seen().get("time_seconds", "").buckets()).containsExactly(0L, 1L, 0L);
    assertThat(wait.sum()).isEqualTo(1.5);
  }

  @Test
  void shouldTimeWorkAlsoIfItThrows() throws IOException {
    final Histogram time = histogram("time_seconds", 1e-9, 60);
    final Summary wait = Summary.builder("wait_seconds").register(registry);
    time.time(() -> fail(null));
    final int read = time.time(() -> read(null));
    assertThatThrownBy(() -> time.time(() -> fail(new IOException())))
        .isInstanceOf(IOException.class);
    wait.time(() -> fail(null));
    final int waited = wait.time(() -> read(null));

    assertThat(read + waited).isEqualTo(84);
    assertThat(time.count()).isEqualTo(3);
    assertThat(time.sum()).isBetween(0.0, 60.0);
    assertThat(wait.count()).isEqualTo(2);
  }

  @Test
  void shouldRecordTimerOnce() {
    final Histogram time = histogram("time_seconds", 60);
    final Summary wait = Summary.builder("wait_seconds").register(registry);
    try (Histogram.Timer timer = time.startTimer()) {
      final double first = timer.observeDuration();
      assertThat(timer.observeDuration()).isEqualTo(first);
      assertThat(time.sum()).isEqualTo(first);
    }
    try (Summary.Timer timer = wait.startTimer()) {
      assertThat(timer).isNotNull();
    }
    assertThat(time.count()).isEqualTo(1);
    assertThat(wait.count()).isEqualTo(1);
  }

  @Test
  void shouldSumUpSummary() {
    final Summary size = Summary.builder("size_bytes").labelNames("kind").register(registry);
    size.labelValues("a").observe(512);
    size.labels("kind", "a").observe(-12);

    assertThat(size.labelValues("a").count()).isEqualTo(2);
    assertThat(size.labelValues("a").sum()).isEqualTo(500);
    assertThat(seen().get("size_bytes", "kind=\"a\"").buckets()).containsExactly(2L);
  }

  // ---- info and state sets

  @Test
  void shouldExportInfoFromSet() {
    final Info build = Info.builder("build").labelNames("version").register(registry);
    final Info one = build.labelValues("1.2");
    assertThat(seen().labels("build")).isEmpty();
    one.set();

    assertThat(build.name()).isEqualTo("build_info");
    assertThat(seen().value("build", "version=\"1.2\"")).isEqualTo(1);
  }

  @Test
  void shouldHaveOneStateThatIsTrue() {
    final StateSet breaker =
        StateSet.builder("breaker").states("open", "closed").register(registry);
    assertThat(breaker.state()).isEmpty();
    assertThat(seen().value("breaker", "")).isZero();
    breaker.set("open");
    breaker.set("closed");

    assertThat(breaker.state()).contains("closed");
    assertThat(seen().value("breaker", "")).isEqualTo(2);
    assertThatThrownBy(() -> breaker.set("ajar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("breaker", "ajar", "open, closed");
    assertThatThrownBy(() -> breaker.set(null)).isInstanceOf(IllegalArgumentException.class);
    assertThat(breaker.state()).contains("closed");
  }

  @Test
  void shouldRefuseStatesThatAreNone() {
    assertThatThrownBy(() -> StateSet.builder("s").register(registry))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StateSet.builder("s").states("a", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- the end

  @Test
  void shouldRefuseToRegisterAfterClose() {
    final Collector collector = sink -> sink.gauge("depth", "", 1);
    registry.register(collector);
    requests.labelValues("GET", "200").inc(3);
    registry.close();

    for (final ThrowingCallable late :
        List.<ThrowingCallable>of(
            () -> counter("late"),
            () -> counter("http_requests_total"),
            () -> registry.unregister("http_requests_total"),
            () -> registry.register(collector),
            () -> registry.unregister(collector))) {
      assertThatThrownBy(late)
          .isInstanceOf(NarthexException.class)
          .hasMessageEndingWith("the registry is closed");
    }
    assertThat(requests("GET", "200")).isEqualTo(3);
    assertThat(seen().value("depth", "")).isEqualTo(1);
  }

  @Test
  void shouldMakeChildrenOfKeptMetricAfterClose() {
    final Histogram time = Histogram.builder("time").labelNames("path").register(registry);
    registry.close();

    requests.labelValues("PUT", "201").inc(2);
    requests.labels("method", "POST").inc();
    time.labelValues("/").observe(1);
    assertThat(requests.labelValues("PUT", "201").value()).isEqualTo(2);
    assertThat(requests("PUT", "201")).isEqualTo(2);
    assertThatCode(
            () -> {
              requests.remove("PUT", "201");
              requests.clear();
              requests.labelValues("PUT", "201").inc();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void shouldLetKeptHandlesCountAfterClose() {
    final Counter child = requests.labelValues("GET", "200");
    final Counter view = requests.labels("method", "GET");
    final Gauge depth = gauge("depth");
    final Histogram time = histogram("time", 1);
    registry.close();
    registry.close();

    assertThatCode(
            () -> {
              child.inc();
              child.inc(0.5);
              view.inc();
              child.value();
              depth.set(1);
              time.observe(1);
              time.count();
            })
        .doesNotThrowAnyException();
  }
}
