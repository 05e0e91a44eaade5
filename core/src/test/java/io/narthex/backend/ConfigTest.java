package io.narthex.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said to a backend from outside, and how it is refused. */
final class ConfigTest {
  private static final class Sample {}

  private static Config of(final String key, final Object value) {
    final Map<String, Object> options = new HashMap<>();
    options.put(key, value);
    return Config.of(Sample.class, options, key);
  }

  private static void assertRefused(final Supplier<?> reading, final String... parts) {
    assertThatThrownBy(reading::get)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("Sample")
        .hasMessageContainingAll(parts);
  }

  @Test
  void shouldReadTextsNumbersAndBooleansAsText() {
    assertThat(of("x", "a b").string("x")).contains("a b");
    assertThat(of("x", " a ").string("x")).contains(" a ");
    assertThat(of("x", 12L).string("x")).contains("12");
    assertThat(of("x", true).string("x")).contains("true");
    assertRefused(
        () -> of("x", List.of(1)).string("x"), "option \"x\" of Sample", "[1]", "expected a text");
    assertRefused(() -> of("x", Map.of("a", 1)).string("x"), "{a=1}");
  }

  @Test
  void shouldReadWholeNumbers() {
    assertThat(of("x", 7).integer("x")).contains(7);
    assertThat(of("x", 7L).integer("x")).contains(7);
    assertThat(of("x", 7.0).integer("x")).contains(7);
    assertThat(of("x", new BigDecimal("7.00")).integer("x")).contains(7);
    assertThat(of("x", "-7").integer("x")).contains(-7);
    assertThat(of("x", " 7 ").integer("x")).contains(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "7.5", "2147483648", "0x7", "1e1000000000", "1e-1000000000"})
  void shouldRefuseWhatIsNoWholeNumber(final String value) {
    assertRefused(() -> of("x", value).integer("x"), "\"x\"", value, "expected a whole number");
  }

  @Test
  void shouldRefuseOtherTypesThanNumbers() {
    assertRefused(() -> of("x", true).integer("x"), "is true; expected a whole number");
    assertRefused(() -> of("x", Double.NaN).integer("x"), "is NaN");
    assertRefused(() -> of("x", List.of()).integer("x"), "[]");
  }

  @Test
  void shouldReadNumbers() {
    assertThat(of("x", 0.5).number("x")).contains(0.5);
    assertThat(of("x", 2).number("x")).contains(2.0);
    assertThat(of("x", "1e-3").number("x")).contains(0.001);
    assertThat(of("x", Double.MAX_VALUE).number("x")).contains(Double.MAX_VALUE);
    assertThat(of("x", Double.MIN_VALUE).number("x")).contains(Double.MIN_VALUE);
    assertRefused(() -> of("x", "1e309").number("x"), "1e309", "expected a number");
    assertRefused(() -> of("x", Double.POSITIVE_INFINITY).number("x"), "Infinity");
    assertRefused(() -> of("x", "half").number("x"), "half");
  }

  @Test
  void shouldReadChoicesOfTwo() {
    assertThat(of("x", true).bool("x")).contains(true);
    assertThat(of("x", "False").bool("x")).contains(false);
    assertThat(of("x", 1L).bool("x")).contains(true);
    assertThat(of("x", "0").bool("x")).contains(false);
    assertRefused(() -> of("x", "yes").bool("x"), "\"yes\"", "expected true or false");
    assertRefused(() -> of("x", 2).bool("x"), "is 2");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "512k, 524288",
    "4m, 4194304",
    "4M, 4194304",
    "1G, 1073741824",
    "0.5k, 512",
    "3g, 3221225472",
  })
  void shouldReadSizes(final String value, final long bytes) {
    assertThat(of("x", value).size("x")).contains(bytes);
  }

  @Test
  void shouldReadSizesThatAreNumbers() {
    assertThat(of("x", 4L << 30).size("x")).contains(4L << 30);
    assertThat(of("x", 1e6).size("x")).contains(1_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "-1m", "4mb", "4 m", "4t", "0.3", "9999999999999g"})
  void shouldRefuseWhatIsNoSize(final String value) {
    assertRefused(() -> of("x", value).size("x"), "\"" + value + '"', "a number of bytes", "4m");
  }

  @Test
  void shouldReadSeconds() {
    assertThat(of("x", 3).seconds("x")).contains(Duration.ofSeconds(3));
    assertThat(of("x", 0.25).seconds("x")).contains(Duration.ofMillis(250));
    assertThat(of("x", "0").seconds("x")).contains(Duration.ZERO);
    assertThat(of("x", "0.0000000016").seconds("x")).contains(Duration.ofNanos(2));
    assertThat(of("x", 36e8).seconds("x")).contains(Duration.ofHours(1_000_000));
    assertRefused(() -> of("x", -1).seconds("x"), "is -1", "a number of seconds");
    assertRefused(() -> of("x", "1s").seconds("x"), "1s");
    assertRefused(() -> of("x", 1e10).seconds("x"), "1.0E10");
  }

  @Test
  void shouldReadOneOfSeveralNames() {
    assertThat(of("x", "SHARED").oneOf("x", GaugeMode.class)).contains(GaugeMode.SHARED);
    assertThat(of("x", "live_sum").oneOf("x", GaugeMode.class)).contains(GaugeMode.LIVE_SUM);
    assertThat(of("x", "live-sum").oneOf("x", GaugeMode.class)).contains(GaugeMode.LIVE_SUM);
    assertThat(of("x", GaugeMode.MIN).oneOf("x", GaugeMode.class)).contains(GaugeMode.MIN);
    assertRefused(
        () -> of("x", "most").oneOf("x", GaugeMode.class), "\"most\"", "one of: shared, sum, min");
  }

  @Test
  void shouldTakeNullForNotGiven() {
    assertThat(of("x", null).has("x")).isFalse();
    assertThat(of("x", null).string("x")).isEmpty();
    assertThat(of("x", null).integer("x")).isEmpty();
    assertThat(of("x", 1).has("x")).isTrue();
  }

  @Test
  void shouldSayWhichOptionIsMissing() {
    final Config config = Config.of(Sample.class, Map.of(), "path");

    assertRefused(() -> config.string("path").orElseThrow(config.missing("path")), "\"path\"");
  }

  @Test
  void shouldRefuseUnknownOptionAndNameThoseThereAre() {
    assertRefused(
        () -> Config.of(Sample.class, Map.of("max_sise", 1), "path", "max_size"),
        "no option \"max_sise\"",
        "did you mean \"max_size\"?",
        "it has: path, max_size");
    assertRefused(() -> Config.of(Sample.class, Map.of("x", 1)), "it has none at all");
    assertThatThrownBy(() -> Config.of(Sample.class, Map.of("colour", 1), "path", "max_size"))
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void shouldTakeCamelCaseForTheSame() {
    final Config config = Config.of(Sample.class, Map.of("maxSize", 1), "max_size");
    assertThat(config.integer("max_size")).contains(1);
    assertRefused(
        () -> Config.of(Sample.class, Map.of("maxSize", 1, "max_size", 2), "max_size"),
        "\"max_size\"",
        "given twice");
  }

  @Test
  void shouldNotShowSecretsOrLongValues() {
    assertThatThrownBy(() -> of("password", List.of("hunter2")).string("password"))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("\"password\"")
        .hasMessageNotContaining("hunter2");
    assertThat(of("uri", "redis://me:hunter2@host:1x").refused("uri", "a URI").getMessage())
        .contains("\"redis://me:…@host:1x\"");
    assertThat(of("uri", "redis://:a@b@host").refused("uri", "a URI").getMessage())
        .contains("\"redis://:…@host\"");
    assertThatThrownBy(() -> of("x", "9".repeat(1000)).integer("x"))
        .hasMessageContaining("(1000 characters)");
  }

  @Test
  void shouldSayWhatElseWillNotDo() {
    assertThat(of("port", 70_000).refused("port", "a port from 1 to 65535"))
        .hasMessage("option \"port\" of Sample is 70000; expected a port from 1 to 65535");
  }

  @Test
  void shouldRefuseKeysThatBackendDidNotDeclare() {
    assertThatThrownBy(() -> of("x", 1).string("y")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadOtherSingleValuesAsTextButNoArray() {
    assertRefused(() -> of("x", new Object[0]).string("x"), "expected a text");
    assertThat(of("x", Path.of("/a")).string("x")).contains("/a");
  }
}
