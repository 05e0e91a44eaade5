package io.narthex.exposition;

import static io.narthex.exposition.TextFormat.OPENMETRICS;
import static io.narthex.exposition.TextFormat.PROMETHEUS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        "APPLICATION/OpenMetrics-Text;Version=\"1.0.0\"",
        "application/openmetrics-text;version=0.0.1",
        "text/plain;q=0.5,application/openmetrics-text;q=0.6",
        "text/plain;version=0.0.4;q=0.2, application/openmetrics-text;version=1.0.0;q=0.201",
        "*/*,application/openmetrics-text",
        "application/openmetrics-text,*/*",
        "application/openmetrics-text,text/plain",
        "application/openmetrics-text;q=0.3,text/plain;version=1.0.0;q=0.9",
        "application/openmetrics-text;q=0.5,text/plain;q=0.1,*/*;q=1",
        // Prometheus 2.42, and Prometheus 3.
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
            + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,"
            + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,"
            + "*/*;q=0.2"
      })
  void shouldChooseOpenMetricsWhenItIsWantedMost(final String accept) {
    assertThat(TextFormat.negotiate(accept)).isEqualTo(OPENMETRICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/*",
        "text/plain",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/json",
        "application/*",
        "text/plain,application/openmetrics-text",
        "text/plain;q=0.7,application/openmetrics-text;q=0.6",
        "application/openmetrics-text;q=0",
        "application/openmetrics-text;q=0.0,*/*;q=0",
        "application/openmetrics-text;version=2.0.0",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        "text/plain;version=0.0.4;q=0.9,application/openmetrics-text;q=0.8",
        "text/*;q=0.9,application/openmetrics-text;q=0.8"
      })
  void shouldChooseText004Otherwise(final String accept) {
    assertThat(TextFormat.negotiate(accept)).isEqualTo(PROMETHEUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text;q=abc",
        "application/openmetrics-text;q=-1",
        "application/openmetrics-text;q=2",
        "application/openmetrics-text;q=NaN",
        "application/openmetrics-text;q=",
        ";;;,,,===",
        ";application/openmetrics-text",
        "\"application/openmetrics-text",
        "application/openmetrics-text;version=\"1.0.0",
        "\\"
      })
  void shouldChooseText004ForAMalformedHeader(final String accept) {
    assertThat(TextFormat.negotiate(accept)).isEqualTo(PROMETHEUS);
  }

  /** No scraper has as many; to weigh those of a bomb would take as long as many scrapes. */
  @Test
  void shouldNotLookBehindTheHundredthChoice() {
    assertThat(TextFormat.negotiate("a/b,".repeat(99) + "application/openmetrics-text"))
        .isEqualTo(OPENMETRICS);
    assertThat(TextFormat.negotiate("a/b,".repeat(100) + "application/openmetrics-text"))
        .isEqualTo(PROMETHEUS);
    assertThat(TextFormat.negotiate(",".repeat(100) + "application/openmetrics-text"))
        .isEqualTo(PROMETHEUS);
    assertThat(Negotiation.acceptsGzip("br,".repeat(99) + "gzip")).isTrue();
    assertThat(Negotiation.acceptsGzip("br,".repeat(100) + "gzip")).isFalse();
  }

  @Test
  void shouldChooseText004WithoutAHeader() {
    assertThat(TextFormat.negotiate(null)).isEqualTo(PROMETHEUS);
  }

  @Test
  void shouldNameVersionAndCharset() {
    assertThat(PROMETHEUS.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(OPENMETRICS.contentType())
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "GZIP | true",
        "deflate, gzip;q=0.5 | true",
        "* | true",
        "gzip;q=0 | false",
        "gzip;q=0.000, * | false",
        "*;q=0 | false",
        "identity | false",
        "br | false",
        "gzip;q=x | false"
      })
  void shouldCompressForThoseWhoTakeIt(final String acceptEncoding, final boolean expected) {
    assertThat(Negotiation.acceptsGzip(acceptEncoding)).isEqualTo(expected);
  }

  @Test
  void shouldNotCompressUnasked() {
    assertThat(Negotiation.acceptsGzip(null)).isFalse();
  }
}
