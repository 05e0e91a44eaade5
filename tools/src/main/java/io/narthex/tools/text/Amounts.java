package io.narthex.tools.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes and times as people read them. */
public final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Amounts() {}

  /**
   * A whole number, with commas.
   *
   * @param value the number
   * @return such as {@code 10,234}
   */
  public static String count(final long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * A number of things, with commas.
   *
   * @param value the number
   * @param one what one of them is called
   * @param many what they are called
   * @return such as {@code 1 file} or {@code 10,234 series}
   */
  public static String count(final long value, final String one, final String many) {
    return count(value) + ' ' + (value == 1 ? one : many);
  }

  /**
   * A size in binary units.
   *
   * @param bytes the size
   * @return such as {@code 512 B} or {@code 4.0 MiB}
   */
  public static String bytes(final long bytes) {
    int unit = 0;
    double value = bytes;
    while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /**
   * A part of a whole.
   *
   * @param part how much
   * @param whole of how much
   * @return such as {@code 62.5%}; {@code -} of nothing
   */
  public static String percent(final long part, final long whole) {
    return whole == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f%%", 100.0 * (double) part / (double) whole);
  }

  /**
   * A time in this machine's zone.
   *
   * @param millis since the epoch
   * @return such as {@code 2026-11-24 16:30:01}; {@code -} for 0 and what is no time
   */
  public static String time(final long millis) {
    if (millis <= 0 || millis > 253_402_300_799_999L) {
      return "-";
    }
    return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  /**
   * How long ago something was.
   *
   * @param millis when, since the epoch
   * @param nowMillis now
   * @return such as {@code 3 s ago}, in one unit; {@code -} for 0
   */
  public static String ago(final long millis, final long nowMillis) {
    if (millis <= 0) {
      return "-";
    }
    final long past = nowMillis - millis;
    if (past < 0) {
      return "in the future";
    }
    final long seconds = past / 1000;
    if (seconds < 1) {
      return past + " ms ago";
    }
    if (seconds < 120) {
      return seconds + " s ago";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min ago";
    }
    return seconds < 172_800 ? seconds / 3600 + " h ago" : seconds / 86_400 + " d ago";
  }
}
