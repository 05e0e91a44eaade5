package io.narthex.stress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.SegmentRow;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Files that programs of other versions made. The fixture of each layout version that this program
 * reads is kept, beside the page that was scraped from it when it was made.
 */
final class LayoutVersionTest {
  private static final int VERSION = 12;
  private static final int CHECKSUM = 88;

  /** One of each kind from the beginning, and at least one more. */
  private static final int SEGMENTS = 6;

  private static final int MANY = 5_000;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("layout-1.nx");

  @BeforeEach
  void unpack() throws IOException {
    Files.write(file, unpacked(FirstLayout.FILE));
  }

  private static byte[] unpacked(final String name) throws IOException {
    try (InputStream packed = LayoutVersionTest.class.getResourceAsStream(name);
        InputStream whole = new GZIPInputStream(packed)) {
      return whole.readAllBytes();
    }
  }

  @Test
  void shouldReadAFileOfLayoutVersion1() throws IOException {
    final List<String> expected =
        new String(unpacked(FirstLayout.PAGE), StandardCharsets.UTF_8).lines().toList();
    assertThat(expected).hasSizeGreaterThan(1_000);
    assertThat(SegmentRow.of(file)).hasSizeGreaterThanOrEqualTo(SEGMENTS);
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      assertThat(FirstLayout.page(viewer)).isEqualTo(expected);
    }
  }

  @Test
  void shouldCountOnInAFileOfLayoutVersion1() throws IOException {
    final long size = Files.size(file);
    final Map<String, Double> before = Page.of(file).samples();
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      for (final String value : FirstLayout.LABEL_VALUES) {
        FirstLayout.counter(registry).labelValues(value, "whole").inc(4);
        FirstLayout.counter(registry).labelValues(value, "fraction").inc(0.5);
      }
      FirstLayout.counter(registry).labelValues("removed", "z").inc();
      FirstLayout.histogram(registry).labelValues("kept").observe(0.25);
      FirstLayout.histogram(registry).labelValues("removed").observe(0.25);
      FirstLayout.wide(registry).labelValues("n0").observe(0.5);
      FirstLayout.gauge(registry, GaugeMode.SUM).labelValues("a").set(1_000);
      FirstLayout.gauge(registry, GaugeMode.LIVE_SUM).labelValues("a").set(1_000);
      final Counter many = Counter.builder("many").labelNames("n").register(registry);
      for (int n = 0; n < MANY; n++) {
        many.labelValues("n" + n).inc();
      }
      final Page after = Page.of(registry);
      for (final String value : List.of("plain", "a\\\"quote", "a\\\\b", "a\\nline", "漢字 🚀", "")) {
        final String whole = "varied_total{n=\"" + value + "\",kind=\"whole\"}";
        final String fraction = "varied_total{n=\"" + value + "\",kind=\"fraction\"}";
        assertThat(after.value(whole)).isEqualTo(before.get(whole) + 4);
        assertThat(after.value(fraction)).isEqualTo(before.get(fraction) + 0.5);
      }
      assertThat(after.value("varied_total{n=\"removed\",kind=\"z\"}")).isEqualTo(1);
      assertThat(after.value("histogram_seconds_count{n=\"removed\"}")).isEqualTo(1);
      for (final String one :
          List.of("histogram_seconds_count{n=\"kept\"}", "wide_count{n=\"n0\"}")) {
        assertThat(after.value(one)).isEqualTo(before.get(one) + 1);
      }
      assertThat(after.value("g_sum{l=\"a\"}")).isEqualTo(before.get("g_sum{l=\"a\"}") + 1_000);
      assertThat(after.value("g_live_sum{l=\"a\"}")).isEqualTo(1_000);
      assertThat(after.sum("many_total")).isEqualTo(MANY);
      assertThat(after.count("many_total")).isEqualTo(MANY);
    }
    assertThat(Files.size(file)).as("it grew").isGreaterThan(size);
    FileVerifier.verify(file);
  }

  @Test
  void shouldRefuseAFileOfALaterLayoutVersion() throws IOException {
    final byte[] bytes = Files.readAllBytes(file);
    final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(VERSION, 2);
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM);
    header.putLong(CHECKSUM, crc.getValue());
    Files.write(file, bytes);
    for (final Function<Path, MappedBackend> opener :
        List.<Function<Path, MappedBackend>>of(MappedBackend::open, MappedBackend::openReadOnly)) {
      assertThatThrownBy(() -> opener.apply(file).close())
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining(
              file
                  + " has layout version 2, and this program reads version 1; use a program of"
                  + " that version");
    }
    assertThat(Files.readAllBytes(file)).as("it is left as it was").isEqualTo(bytes);
  }
}
