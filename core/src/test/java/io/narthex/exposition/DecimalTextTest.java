package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecimalTextTest {
  private static final int ROUNDS = 200_000;

  private final byte[] target = new byte[DecimalText.MAX_LENGTH];

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "17, 17.0",
    "-3, -3.0",
    "0.1, 0.1",
    "0.25, 0.25",
    "-12.5, -12.5",
    "0.0001, 0.0001",
    "0.00012, 0.00012",
    "0.00001, 1e-05",
    "1234567.875, 1234567.875",
    "1e6, 1000000.0",
    "9007199254740991, 9007199254740991.0",
    "9007199254740992, 9007199254740992.0",
    "9007199254740994, 9007199254740994.0",
    "1e16, 10000000000000000.0",
    "1e17, 1e+17",
    "1e23, 1e+23",
    "2e23, 2e+23",
    "1.5e300, 1.5e+300",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void shouldWriteValues(final double value, final String expected) {
    assertThat(text(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "1, 1.0",
    "10, 10.0",
    "2.5, 2.5",
    "0.005, 0.005",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "100000, 100000.0",
    "123456, 123456.0",
    "1e6, 1e+06",
    "1234567, 1.234567e+06",
    "1e10, 1e+10",
    "1e-10, 1e-10",
    "1e100, 1e+100",
    "-1, -1.0",
    "-1e6, -1e+06"
  })
  void shouldWriteBoundsAsGoPrintsThem(final double bound, final String expected) {
    assertThat(DecimalText.canonical(bound)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0",
    "7",
    "10",
    "99",
    "100",
    "2147483647",
    "2147483648",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "1000000000000000000",
    "999999999999999999"
  })
  void shouldWriteWholeNumbers(final long value) {
    final int end = DecimalText.putLong(value, target, 0);

    assertThat(new String(target, 0, end, StandardCharsets.US_ASCII)).isEqualTo("" + value);
  }

  @Test
  void shouldWriteWholeNumbersOfEveryLength() {
    for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      shouldWriteWholeNumbers(power - 1);
      shouldWriteWholeNumbers(power);
      shouldWriteWholeNumbers(power + 1);
      if (power == 1_000_000_000_000_000_000L) {
        break;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1520872607123, 1520872607.123", "1000, 1.000", "1, 0.001", "61020, 61.020"})
  void shouldWriteMillisecondsAsSeconds(final long millis, final String expected) {
    final int end = DecimalText.putMillisAsSeconds(millis, target, 0);

    assertThat(new String(target, 0, end, StandardCharsets.US_ASCII)).isEqualTo(expected);
  }

  @Test
  void shouldReadBackWhateverTheBits() {
    check(random -> Double.longBitsToDouble(random.nextLong()));
  }

  @Test
  void shouldReadBackMeasurements() {
    check(random -> random.nextDouble() * 1000);
    check(random -> random.nextInt() / 1000.0);
    check(random -> random.nextInt(1_000_000) * 1e-9);
  }

  @Test
  void shouldReadBackPowersOfTwoAndTheirNeighbours() {
    check(
        random -> {
          final double power = Math.scalb(1.0, random.nextInt(-1074, 1024));
          return random.nextBoolean() ? power : Math.nextUp(power);
        });
  }

  @Test
  void shouldReadBackPowersOfTenAndTheirNeighbours() {
    check(
        random -> {
          final double power = Double.parseDouble("1e" + random.nextInt(-323, 309));
          return switch (random.nextInt(3)) {
            case 0 -> Math.nextDown(power);
            case 1 -> power;
            default -> Math.nextUp(power);
          };
        });
  }

  /** Digits are as few as the JDK's, whose own are the fewest since release 19. */
  private void check(final ToDoubleFunction<SplittableRandom> source) {
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < ROUNDS; i++) {
      final double value = source.applyAsDouble(random);
      if (Double.isFinite(value)) {
        final String ours = text(value);
        final String theirs = Double.toString(value);
        // The JDK's assertions would be most of the time that this takes.
        if (Double.doubleToRawLongBits(Double.parseDouble(ours))
                != Double.doubleToRawLongBits(value)
            || digits(ours) > digits(theirs)) {
          throw new AssertionError(ours + " for " + theirs + " of round " + i);
        }
      }
    }
  }

  private String text(final double value) {
    final int end = DecimalText.putDouble(value, target, 0);
    return new String(target, 0, end, StandardCharsets.US_ASCII);
  }

  /** The number of significant digits. */
  private static int digits(final String number) {
    final String lower = number.toLowerCase(Locale.ROOT);
    final int exponent = lower.indexOf('e');
    final String mantissa = exponent < 0 ? lower : lower.substring(0, exponent);
    int first = -1;
    int last = -1;
    int seen = 0;
    for (int i = 0; i < mantissa.length(); i++) {
      final char c = mantissa.charAt(i);
      if (c >= '0' && c <= '9') {
        seen++;
        if (c != '0') {
          first = first < 0 ? seen : first;
          last = seen;
        }
      }
    }
    return first < 0 ? 0 : last - first + 1;
  }
}
