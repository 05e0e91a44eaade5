package io.narthex.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Sparkline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
  private static final String LABELS =
      "method=\"GET\",path=\"/api/v1/orders/history/of/a/customer\"";

  private final Sparkline sparkline = Sparkline.in(StandardCharsets.UTF_8);

  @Test
  void shouldNeverBeWiderThanTheTerminalAndAlwaysShowTheLastLabel() {
    final Track track = track();
    int shortened = 0;
    for (int width = Columns.WIDTH_MIN; width < 300; width++) {
      final String row = Columns.of(width).row(track, sparkline);
      assertThat(row).hasSizeLessThanOrEqualTo(width).contains("http");
      if (row.contains("..")) {
        assertThat(row).endsWith("mer}").hasSize(width);
      } else if (!row.contains(LABELS)) {
        assertThat(row).endsWith("http_requests_total{GET,/api/v1/orders/history/of/a/customer}");
        shortened++;
      }
    }
    assertThat(shortened).isPositive();
    assertThat(Columns.of(200).row(track, sparkline))
        .endsWith("http_requests_total{" + LABELS + '}');
  }

  @Test
  void shouldHaveTheMoreColumnsTheMoreRoomThereIs() {
    assertThat(Columns.of(40).header()).doesNotContain("P50");
    assertThat(Columns.of(40).spark()).isZero();
    assertThat(Columns.of(80).quantiles()).isFalse();
    assertThat(Columns.of(80).spark()).isEqualTo(10);
    assertThat(Columns.of(100).header()).contains("P50", "P99");
    assertThat(Columns.of(300).spark()).isEqualTo(30);
  }

  private static Track track() {
    final FamilyDescriptor descriptor =
        FamilyDescriptor.builder(MetricType.COUNTER, "http_requests")
            .labelNames(List.of("method", "path"))
            .build();
    final ReadingSeries series = ReadingSeries.of(LABELS, 1, 5);
    final Track track = new Track(new ReadingFamily(descriptor, List.of(series)), series);
    track.add(series, 1, false);
    return track;
  }
}
