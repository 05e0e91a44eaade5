package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.backend.Backend;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.Seen;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the modes of a gauge mean to one process, whichever backend it counts into. */
public abstract class GaugeModeContract {
  private static final String PID = "pid=\"" + ProcessHandle.current().pid() + '"';

  private MetricRegistry registry;

  /** For subclasses. */
  protected GaugeModeContract() {}

  /** Makes a backend that holds nothing. The contract closes it. */
  protected abstract Backend create();

  @BeforeEach
  final void open() {
    registry = MetricRegistry.create(create());
  }

  @AfterEach
  final void close() {
    registry.close();
  }

  private Seen seen() {
    return Seen.of(registry::visit);
  }

  private Gauge gauge(final GaugeMode mode) {
    return Gauge.builder("depth").mode(mode).register(registry);
  }

  private static boolean isPerProcess(final GaugeMode mode) {
    return mode == GaugeMode.ALL || mode == GaugeMode.LIVE_ALL;
  }

  /** The label text of this process's series of a gauge without labels. */
  private static String labels(final GaugeMode mode) {
    return isPerProcess(mode) ? PID : "";
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepModeInSchema(final GaugeMode mode) {
    final Gauge depth = gauge(mode);

    assertThat(seen().family("depth").gaugeMode()).isEqualTo(mode);
    assertThat(gauge(mode)).isSameAs(depth);
    for (final GaugeMode other : GaugeMode.values()) {
      if (other != mode) {
        assertThatThrownBy(() -> gauge(other)).isInstanceOf(MetricConflictException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SHARED", "MOST_RECENT"})
  void shouldExportFromFirstUpdate(final GaugeMode mode) {
    final Gauge depth = gauge(mode);
    assertThat(seen().labels("depth")).isEmpty();
    assertThat(depth.value()).isNaN();

    depth.inc();
    depth.inc(4);
    depth.dec();
    depth.dec(6.5);
    assertThat(depth.value()).isEqualTo(-2.5);
    assertThat(seen().labels("depth")).containsExactly(labels(mode));
    assertThat(seen().value("depth", labels(mode))).isEqualTo(-2.5);

    depth.set(0);
    assertThat(depth.value()).isZero();
    assertThat(seen().value("depth", labels(mode))).isZero();
    final double during = depth.trackInProgress(depth::value);
    assertThat(during).isEqualTo(1);
    assertThat(depth.value()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHideRemovedGaugeUntilNextUpdate(final GaugeMode mode) {
    final Gauge depth = gauge(mode);
    depth.set(7);
    assertThat(depth.remove()).isTrue();
    assertThat(depth.remove()).isFalse();
    assertThat(seen().labels("depth")).isEmpty();
    assertThat(depth.value()).isNaN();

    depth.set(2);
    assertThat(depth.value()).isEqualTo(2);
    assertThat(seen().value("depth", labels(mode))).isEqualTo(2);
    depth.clear();
    assertThat(seen().labels("depth")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL", "LIVE_ALL"})
  void shouldPutPidAfterOtherLabels(final GaugeMode mode) {
    registry.close(); // or the pid may be that of two
    final MetricRegistry zoned =
        MetricRegistry.builder().backend(create()).constantLabel("zone", "z").build();
    try (zoned) {
      final Gauge depth = Gauge.builder("depth").mode(mode).labelNames("queue").register(zoned);
      depth.labelValues("mail").set(3);
      depth.labelValues("print").set(Double.NaN);
      final Seen seen = Seen.of(zoned::visit);

      assertThat(seen.value("depth", "zone=\"z\",queue=\"mail\"," + PID)).isEqualTo(3);
      assertThat(seen.value("depth", "zone=\"z\",queue=\"print\"," + PID)).isNaN();
      assertThat(seen.labels("depth")).hasSize(2);
      assertThat(depth.labelValues("mail").value()).isEqualTo(3);
      assertThat(depth.remove("mail")).isTrue();
      assertThat(Seen.of(zoned::visit).labels("depth")).hasSize(1);
    }
  }

  @Test
  void shouldWritePidAsLabel() throws IOException {
    gauge(GaugeMode.ALL).set(3);
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(registry, page);

    assertThat(page.toString(StandardCharsets.UTF_8).lines()).contains("depth{" + PID + "} 3.0");
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseUsersLabelPidWhereModeWritesIt(final GaugeMode mode) {
    final MetricRegistry constant =
        MetricRegistry.builder().backend(HeapBackend.create()).constantLabel("pid", "1").build();
    final Gauge.Builder declared = Gauge.builder("depth").mode(mode).labelNames("a", "pid");
    final Gauge.Builder plain = Gauge.builder("depth").mode(mode);
    if (isPerProcess(mode)) {
      assertThatThrownBy(() -> declared.register(registry))
          .isInstanceOf(LabelValidationException.class)
          .hasMessageContainingAll("gauge depth", "\"pid\"", "mode " + mode);
      assertThatThrownBy(() -> plain.register(constant))
          .isInstanceOf(LabelValidationException.class)
          .hasMessageContainingAll("gauge depth", "\"pid\"", "mode " + mode);
      assertThat(seen().names()).isEmpty();
    } else {
      assertThatCode(() -> declared.register(registry)).doesNotThrowAnyException();
      assertThatCode(() -> plain.register(constant)).doesNotThrowAnyException();
    }
  }
}
