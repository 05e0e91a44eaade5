package io.narthex.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TracksTest {
  private static final long SECOND = 1_000_000_000L;

  private final FamilyDescriptor jobs =
      FamilyDescriptor.builder(MetricType.COUNTER, "jobs").build();
  private final Tracks tracks = new Tracks();
  private long nanos = -5 * SECOND;

  @Test
  void shouldKnowNoRateBeforeTheSecondReading() {
    assertThat(next(ReadingSeries.of("", 1, 100)).rate()).isNaN();
    assertThat(next(ReadingSeries.of("", 1, 130)).rate()).isEqualTo(15);
  }

  @Test
  void shouldCountAllOfWhatBeganAnew() {
    next(ReadingSeries.of("", 1, 100));
    assertThat(next(ReadingSeries.of("", 2, 400)).rate()).isEqualTo(200);
    assertThat(next(ReadingSeries.of("", 2, 8)).rate()).isEqualTo(4);
  }

  @Test
  void shouldEstimateQuantilesFromTheLastReadingsAlone() {
    final FamilyDescriptor latency =
        FamilyDescriptor.builder(MetricType.HISTOGRAM, "latency_seconds").bounds(1, 2, 4).build();
    next(latency, ReadingSeries.ofDistribution("", 1, 1, 1_000_000, 0, 0, 0));
    Track track = next(latency, ReadingSeries.ofDistribution("", 1, 1, 1_000_000, 10, 0, 0));
    assertThat(track.quantileText(0.5)).isEqualTo("1.50 s");
    for (int i = 0; i < 20; i++) {
      track = next(latency, ReadingSeries.ofDistribution("", 1, 1, 1_000_000, 10, 0, 0));
    }
    assertThat(track.quantileText(0.5)).isEqualTo("-");
  }

  @Test
  void shouldBeginAnewWithAnotherSchema() {
    next(ReadingSeries.of("", 1, 100));
    final FamilyDescriptor gauge = FamilyDescriptor.builder(MetricType.GAUGE, "jobs").build();
    final Track track = next(gauge, ReadingSeries.of("", 1, 100));
    assertThat(track.rate()).isNaN();
    assertThat(track.valueText()).isEqualTo("100");
  }

  @Test
  void shouldForgetWhatIsGone() {
    next(ReadingSeries.of("", 1, 100));
    tracks.add(Reading.of(1, List.of()), nanos);
    assertThat(tracks.all()).isEmpty();
  }

  @Test
  void shouldKeepTheLastValuesInTheirOrder() {
    final FamilyDescriptor gauge = FamilyDescriptor.builder(MetricType.GAUGE, "depth").build();
    Track track = null;
    for (int i = 1; i <= Track.REMEMBERED + 5; i++) {
      track = next(gauge, ReadingSeries.of("", 1, i));
    }
    assertThat(track.recent(3)).containsExactly(63, 64, 65);
    assertThat(track.recent(Track.REMEMBERED + 1)).startsWith(Double.NaN, 6, 7).hasSize(61);
  }

  private Track next(final ReadingSeries series) {
    return next(jobs, series);
  }

  private Track next(final FamilyDescriptor family, final ReadingSeries series) {
    nanos += 2 * SECOND;
    tracks.add(Reading.of(1, List.of(new ReadingFamily(family, List.of(series)))), nanos);
    assertThat(tracks.all()).hasSize(1);
    return tracks.all().get(0);
  }
}
