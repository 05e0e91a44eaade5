package io.narthex.tools.history;

import io.narthex.tools.text.DurationConverter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as the command line gives it: with a date or without (then that of the history's end),
 * with a zone or without (then the system's), in seconds or milliseconds since the epoch, or before
 * the history's end.
 */
final class When {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  /** Milliseconds since the epoch have as many digits from 2001 to 2286. */
  private static final int MILLIS_DIGITS = 13;

  private final LocalTime time;
  private final Duration beforeEnd;
  private final long millis;
  private final ZoneId zone;

  private When(
      final LocalTime time, final Duration beforeEnd, final long millis, final ZoneId zone) {
    this.time = time;
    this.beforeEnd = beforeEnd;
    this.millis = millis;
    this.zone = zone;
  }

  /** Milliseconds since the epoch, in a history that ends then. */
  long in(final long endMillis) {
    if (beforeEnd != null) {
      return endMillis - beforeEnd.toMillis();
    }
    if (time != null) {
      final LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(endMillis), zone);
      return day.atTime(time).atZone(zone).toInstant().toEpochMilli();
    }
    return millis;
  }

  /** A time as tables show it. */
  static String shown(final long millis) {
    return SHOWN.format(Instant.ofEpochMilli(millis));
  }

  /**
   * Reads a time.
   *
   * @param zone that of a time without one
   * @throws TypeConversionException if it is none
   */
  static When parse(final String text, final ZoneId zone) {
    try {
      if (text.startsWith("-")) {
        return new When(null, new DurationConverter().convert(text.substring(1)), 0, zone);
      }
      if (text.matches("\\d{9,14}")) {
        final long number = Long.parseLong(text);
        return new When(null, null, text.length() < MILLIS_DIGITS ? number * 1000 : number, zone);
      }
      final String iso = text.replace(' ', 'T');
      if (iso.indexOf('T') < 0) {
        return new When(LocalTime.parse(iso), null, 0, zone);
      }
      final Instant instant =
          iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).atZone(zone).toInstant();
      return new When(null, null, instant.toEpochMilli(), zone);
    } catch (final DateTimeException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no time; give one such as 16:05:30, 2026-01-31T16:05:30,"
              + " 2026-01-31T16:05:30Z, or -5m for five minutes before the end");
    }
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<When> {
    @Override
    public When convert(final String text) {
      return parse(text, ZoneId.systemDefault());
    }
  }
}
