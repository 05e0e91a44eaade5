package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.Summary;
import io.narthex.backend.HeapBackend;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same data in client_java: its pages have to say the same as ours. */
final class ClientJavaOpinionTest {
  private static final double[] BOUNDS = {1e-5, 0.005, 0.1, 1, 2.5, 1e5, 1e6, 1e21};
  private static final String[] ODD = {"", "a", "\\", "\"", "\n", "é 🐌", "{},=", "\\n\"\n\\"};

  private final MetricRegistry ours = MetricRegistry.create(HeapBackend.create());
  private final PrometheusRegistry theirs = new PrometheusRegistry();

  @Test
  void shouldSayTheSameInText004() throws IOException {
    compare(
        TextFormat.PROMETHEUS,
        PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build());
  }

  @Test
  void shouldSayTheSameInOpenMetrics() throws IOException {
    compare(
        TextFormat.OPENMETRICS,
        OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build());
  }

  private void compare(final TextFormat format, final ExpositionFormatWriter writer)
      throws IOException {
    fill();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, theirs.scrape());
    final ParsedPage expected = ParsedPage.of(out.toString(StandardCharsets.UTF_8), format);
    final ParsedPage actual = ParsedPage.of(FixedFamilies.page(format, ours), format);

    assertThat(actual.types).containsExactlyInAnyOrderEntriesOf(expected.types);
    assertThat(withoutTimes(actual)).containsExactlyInAnyOrderEntriesOf(withoutTimes(expected));
  }

  /** The two were not created in the same millisecond. */
  private static Map<String, Double> withoutTimes(final ParsedPage page) {
    page.samples.replaceAll((name, value) -> name.contains("_created{") ? 0 : value);
    return page.samples;
  }

  private void fill() {
    final SplittableRandom random = new SplittableRandom(5);
    counters(random);
    gauges(random);
    histograms(random);
    summaries(random);
    Info.builder("build").help("A build.").labelNames("v").register(ours).labelValues("1").set();
    io.prometheus.metrics.core.metrics.Info.builder()
        .name("build_info")
        .help("A build.")
        .labelNames("v")
        .register(theirs)
        .addLabelValues("1");
    StateSet.builder("breaker")
        .labelNames("zone")
        .states("open", "closed")
        .register(ours)
        .labelValues("a")
        .set("closed");
    io.prometheus.metrics.core.metrics.StateSet.builder()
        .name("breaker")
        .labelNames("zone")
        .states("open", "closed")
        .register(theirs)
        .labelValues("a")
        .setTrue("closed");
  }

  private void counters(final SplittableRandom random) {
    final Counter our =
        Counter.builder("requests_total").help("\"a\\b\nc").labelNames("a", "b").register(ours);
    final io.prometheus.metrics.core.metrics.Counter their =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name("requests_total")
            .help("\"a\\b\nc")
            .labelNames("a", "b")
            .register(theirs);
    for (final String a : ODD) {
      for (final String b : ODD) {
        final double amount = random.nextDouble() * Math.pow(10, random.nextInt(-20, 20));
        our.labelValues(a, b).inc(amount);
        their.labelValues(a, b).inc(amount);
      }
    }
  }

  private void gauges(final SplittableRandom random) {
    final Gauge our = Gauge.builder("heat_celsius").unit("celsius").labelNames("n").register(ours);
    final io.prometheus.metrics.core.metrics.Gauge their =
        io.prometheus.metrics.core.metrics.Gauge.builder()
            .name("heat_celsius")
            .unit(Unit.CELSIUS)
            .labelNames("n")
            .register(theirs);
    for (int i = 0; i < 1000; i++) {
      final double value =
          i < 100 ? i * 1e5 - 20 : Double.longBitsToDouble(random.nextLong() >>> (i & 1));
      our.labelValues("" + i).set(value);
      their.labelValues("" + i).set(value);
    }
  }

  private void histograms(final SplittableRandom random) {
    final Histogram our =
        Histogram.builder("took_seconds").buckets(BOUNDS).labelNames("p").register(ours);
    final io.prometheus.metrics.core.metrics.Histogram their =
        io.prometheus.metrics.core.metrics.Histogram.builder()
            .name("took_seconds")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .labelNames("p")
            .register(theirs);
    for (int i = 0; i < 1000; i++) {
      // Whole numbers and their fourths: sums are exact, however they are split.
      final double value = random.nextInt(1 << 20) / 4.0;
      our.labelValues("" + i % 7).observe(value);
      their.labelValues("" + i % 7).observe(value);
    }
  }

  private void summaries(final SplittableRandom random) {
    final Summary our = Summary.builder("size_bytes").help("Size.").register(ours);
    final io.prometheus.metrics.core.metrics.Summary their =
        io.prometheus.metrics.core.metrics.Summary.builder()
            .name("size_bytes")
            .help("Size.")
            .register(theirs);
    for (int i = 0; i < 100; i++) {
      final double value = random.nextInt(1000);
      our.observe(value);
      their.observe(value);
    }
  }
}
