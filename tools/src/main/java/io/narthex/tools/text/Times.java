package io.narthex.tools.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
public final class Times {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Times() {}

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
