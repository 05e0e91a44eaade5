package io.narthex.tools.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class WhenTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String END = "2026-01-31T16:05:30Z";

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T16:05:30, 2026-01-31T15:05:30Z",
    "2026-01-31 16:05:30.25, 2026-01-31T15:05:30.250Z",
    "2026-01-31T16:05, 2026-01-31T15:05:00Z",
    "2026-01-31T16:05:30Z, 2026-01-31T16:05:30Z",
    "2026-01-31 16:05:30-05:00, 2026-01-31T21:05:30Z",
    "16:05:30, 2026-01-31T15:05:30Z",
    "16:05, 2026-01-31T15:05:00Z",
    "-5m, 2026-01-31T16:00:30Z",
    "-1.5, 2026-01-31T16:05:28.500Z",
    "-0s, 2026-01-31T16:05:30Z"
  })
  void shouldReadATime(final String text, final String instant) {
    assertThat(instant(text, END)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "999999999, 2001-09-09T01:46:39Z",
    "1769875530, 2026-01-31T16:05:30Z",
    "999999999999, +33658-09-27T01:46:39Z",
    "1000000000000, 2001-09-09T01:46:40Z",
    "1769875530123, 2026-01-31T16:05:30.123Z"
  })
  void shouldTakeThirteenDigitsForMillisecondsAndFewerForSeconds(
      final String text, final String instant) {
    assertThat(instant(text, END)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    // The day is that of the end where the command runs, not that of UTC.
    "2026-01-31T22:59:59Z, 2026-01-31T11:00:00Z",
    "2026-01-31T23:00:00Z, 2026-02-01T11:00:00Z",
    "2026-02-01T22:59:59Z, 2026-02-01T11:00:00Z"
  })
  void shouldTakeATimeWithoutADateForOneOfTheDayOfTheEnd(final String end, final String instant) {
    assertThat(instant("12:00", end)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    // An hour that the clock leaves out is the one behind it, one that comes twice the first.
    "2026-03-29T02:30, 2026-03-29T01:30:00Z",
    "2026-03-29T03:30, 2026-03-29T01:30:00Z",
    "2026-10-25T02:30, 2026-10-25T00:30:00Z",
    "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z",
    "2026-10-25T03:00, 2026-10-25T02:00:00Z"
  })
  void shouldBearThatTheClockIsPutForwardAndBack(final String text, final String instant) {
    assertThat(instant(text, END)).isEqualTo(instant);
  }

  @Test
  void shouldTakeATimeWithoutADateByTheClockOfThatHour() {
    assertThat(instant("01:30", "2026-03-29T10:00:00Z")).isEqualTo("2026-03-29T00:30:00Z");
    assertThat(instant("04:30", "2026-03-29T10:00:00Z")).isEqualTo("2026-03-29T02:30:00Z");
  }

  @Test
  void shouldReadWhatTablesShow() {
    final long millis = Instant.parse("2026-01-31T16:05:30.123Z").toEpochMilli();
    assertThat(When.parse(When.shown(millis), ZoneId.systemDefault()).in(0)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "noon",
        "25:00",
        "2026-01-31",
        "2026-02-30T00:00",
        "-",
        "-5y",
        "12345678",
        "T"
      })
  void shouldRefuseWhatIsNoTime(final String text) {
    assertThatThrownBy(() -> When.parse(text, BERLIN)).isInstanceOf(TypeConversionException.class);
  }

  private static String instant(final String text, final String end) {
    final long millis = When.parse(text, BERLIN).in(Instant.parse(end).toEpochMilli());
    return Instant.ofEpochMilli(millis).toString();
  }
}
