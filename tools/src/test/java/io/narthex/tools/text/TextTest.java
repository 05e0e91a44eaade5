package io.narthex.tools.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class TextTest {
  private final Sparkline blocks = Sparkline.in(StandardCharsets.UTF_8);

  @Test
  void shouldDrawFromZeroToTheGreatest() {
    assertThat(blocks.fromZero(0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(blocks.fromZero(100, 100)).isEqualTo("██");
    assertThat(blocks.fromZero(0, 0)).isEqualTo("▁▁");
  }

  @Test
  void shouldDrawSmallDifferencesOfLargeValues() {
    assertThat(blocks.fromLeast(1e9, 1e9 + 7)).isEqualTo("▁█");
    assertThat(blocks.fromLeast(5, 5)).isEqualTo("▁▁");
  }

  @Test
  void shouldLeaveBlanksAndBearWhatIsInfinite() {
    assertThat(blocks.fromLeast(Double.NaN, 1, Double.NaN, 2)).isEqualTo(" ▁ █");
    assertThat(blocks.fromLeast(1, Double.POSITIVE_INFINITY, 2, Double.NEGATIVE_INFINITY))
        .isEqualTo("▁██▁");
    assertThat(blocks.fromLeast(-Double.MAX_VALUE, 0, Double.MAX_VALUE)).isEqualTo("▁▅█");
    assertThat(blocks.fromZero(Double.NaN)).isEqualTo(" ");
    assertThat(blocks.fromZero()).isEmpty();
  }

  @Test
  void shouldDrawInAsciiWhereThereIsNothingElse() {
    assertThat(Sparkline.in(StandardCharsets.US_ASCII).fromZero(0, 7)).isEqualTo("_#");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "1234567|1,234,567",
        "-3|-3",
        "0.25|0.25",
        "12.5|12.5",
        "0.1|0.1",
        "1234.5678|1,234.57",
        "0.00001|1.0000e-05",
        "1e300|1.0000e+300",
        "NaN|NaN",
        "Infinity|+Inf"
      })
  void shouldShowValues(final double value, final String shown) {
    assertThat(Numbers.value(value)).isEqualTo(shown);
  }

  @Test
  void shouldShowWhatIsMeasuredInItsUnit() {
    assertThat(Units.measured("a_seconds", 0.00025)).isEqualTo("250 us");
    assertThat(Units.measured("a_seconds", 0.0125)).isEqualTo("12.5 ms");
    assertThat(Units.measured("a_bytes", 3 * 1024 * 1024)).isEqualTo("3.0 MiB");
    assertThat(Units.measured("a_bytes", 100)).isEqualTo("100 B");
    assertThat(Units.measured("depth", 7)).isEqualTo("7");
    assertThat(Units.measured("depth", Double.NaN)).isEqualTo("-");
    assertThat(Numbers.rate(1203.4)).isEqualTo("1,203");
    assertThat(Numbers.rate(0.25)).isEqualTo("0.25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\033[2J", "a\nb", "a\rb", "\u009b2J", "\u202eabc", "\u2028"})
  void shouldLetNoTextCommandATerminal(final String text) {
    final String shown = Printable.of(text);
    assertThat(shown).contains("\\u");
    assertThat(shown.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x202e);
  }

  @Test
  void shouldLeaveOtherTextAsItIs() {
    assertThat(Printable.of("path=\"/ü/€/🎉\"")).isEqualTo("path=\"/ü/€/🎉\"");
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "1s,PT1S", "2,PT2S", "1.5m,PT1M30S", "2h,PT2H", "1d,PT24H"})
  void shouldReadDurations(final String text, final String duration) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1y", "1 s", "1e3", "999999999999999s", "999999999d"})
  void shouldRefuseWhatIsNoDuration(final String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({"1000,1000", "64k,65536", "4m,4194304", "4MiB,4194304", "1g,1073741824"})
  void shouldReadSizes(final String text, final long bytes) {
    assertThat(new SizeConverter().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1.5m", "1p", "999999999999t"})
  void shouldRefuseWhatIsNoSize(final String text) {
    assertThatThrownBy(() -> new SizeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }
}
