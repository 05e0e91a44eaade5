package io.narthex.tools.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations of the command line: {@code 500ms}, {@code 1s}, {@code 1.5m}, {@code 2h}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)?");

  /** So that a time of {@link System#nanoTime} and one of them make no overflow. */
  private static final BigDecimal MOST_NANOS =
      BigDecimal.valueOf(Duration.ofDays(10_000).toNanos());

  /** For picocli. */
  public DurationConverter() {}

  @Override
  public Duration convert(final String text) {
    final Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; give one such as 500ms, 1s, 1.5m, 2h");
    }
    final long unitNanos =
        switch (parts.group(2) == null ? "s" : parts.group(2)) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 86_400_000_000_000L;
        };
    final BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unitNanos));
    if (nanos.compareTo(MOST_NANOS) > 0) {
      throw new TypeConversionException("'" + text + "' is more than 10000 days");
    }
    return Duration.ofNanos(nanos.longValue());
  }
}
