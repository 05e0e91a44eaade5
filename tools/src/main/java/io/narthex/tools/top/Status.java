package io.narthex.tools.top;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Numbers;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * What the lines above the table say.
 *
 * @param time when the reading was made
 * @param contents what the file holds
 */
record Status(String time, String contents) {
  static final Status NONE = new Status("", "");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  static Status of(final Reading reading) {
    final ReadingSeries alive = reading.find("narthex_processes_alive", "");
    return new Status(
        TIME.format(Instant.ofEpochMilli(reading.takenMillis())),
        Numbers.count(reading.seriesCount(), "series", "series")
            + " of "
            + Numbers.count(reading.families().size(), "metric", "metrics")
            + (alive == null
                ? ""
                : ", " + Numbers.count((long) alive.value(), "process", "processes") + " alive"));
  }
}
