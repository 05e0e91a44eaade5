package io.narthex.tools.history;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.Sample;
import io.narthex.tools.text.Csv;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as comma-separated values, a line for each sample but those of buckets. */
final class MomentsCsv {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PrintWriter out;

  MomentsCsv(final PrintWriter out) {
    this.out = out;
    out.print(Csv.line("time", "sample", "labels", "value"));
  }

  void write(final Reading reading) {
    final String time = TIME.format(Instant.ofEpochMilli(reading.takenMillis()));
    Sample.visit(
        reading,
        false,
        sample -> out.print(Csv.line(time, sample.name(), sample.labels(), sample.value())));
  }
}
