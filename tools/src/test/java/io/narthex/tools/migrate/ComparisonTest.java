package io.narthex.tools.migrate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final ReadingFamily JOBS =
      gauges("jobs", ReadingSeries.of("l=\"a\"", 1, 2), ReadingSeries.of("l=\"b\"", 1, 3));

  @Test
  void shouldLeaveOutWhatTheEngineTellsOfItself() {
    final ReadingFamily own = gauges("narthex_file_bytes", ReadingSeries.of("l=\"a\"", 1, 2));
    assertThatCode(() -> Comparison.requireSame(reading(JOBS), reading(JOBS, own)))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldFindWhatIsMissing() {
    assertDifferent(reading(JOBS), reading(), "shows nothing instead of gauge jobs");
    assertDifferent(
        reading(JOBS),
        reading(gauges("jobs", ReadingSeries.of("l=\"a\"", 9, 2))),
        "does not show jobs{l=\"b\"}");
  }

  @Test
  void shouldFindAnotherNumber() {
    assertDifferent(
        reading(gauges("jobs", ReadingSeries.of("l=\"a\"", 1, 0.0))),
        reading(gauges("jobs", ReadingSeries.of("l=\"a\"", 1, -0.0))),
        "as it was to be: {l=\"a\"} -0.0 instead of {l=\"a\"} 0.0");
  }

  @Test
  void shouldFindWhatIsTooMuch() {
    assertDifferent(
        reading(gauges("jobs", ReadingSeries.of("l=\"a\"", 1, 2))),
        reading(JOBS),
        "shows jobs{l=\"b\"}, which was not to be in it");
    assertDifferent(
        reading(JOBS),
        reading(JOBS, gauges("other", ReadingSeries.of("l=\"a\"", 1, 2))),
        "shows other{l=\"a\"}, which was not to be in it");
    final ReadingFamily own = gauges("narthex_mine", ReadingSeries.of("l=\"a\"", 1, 2));
    final ReadingFamily more =
        gauges("narthex_mine", own.series().get(0), ReadingSeries.of("l=\"b\"", 1, 2));
    assertDifferent(reading(own), reading(more), "shows narthex_mine{l=\"b\"}");
  }

  @Test
  void shouldFindAnotherSchema() {
    final FamilyDescriptor counter =
        FamilyDescriptor.builder(MetricType.COUNTER, "jobs").labelNames(List.of("l")).build();
    assertDifferent(
        reading(JOBS), reading(new ReadingFamily(counter, JOBS.series())), "instead of gauge jobs");
  }

  private static void assertDifferent(
      final Reading wanted, final Reading written, final String reason) {
    assertThatThrownBy(() -> Comparison.requireSame(wanted, written))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(reason);
  }

  private static Reading reading(final ReadingFamily... families) {
    return Reading.of(0, Arrays.asList(families));
  }

  private static ReadingFamily gauges(final String name, final ReadingSeries... series) {
    return new ReadingFamily(
        FamilyDescriptor.builder(MetricType.GAUGE, name).labelNames(List.of("l")).build(),
        Arrays.asList(series));
  }
}
