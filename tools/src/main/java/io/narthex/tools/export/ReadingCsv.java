package io.narthex.tools.export;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.Sample;
import io.narthex.tools.text.Csv;
import java.io.IOException;
import java.io.Writer;

/** A reading as comma-separated values: a head, then a line for each sample of its page. */
final class ReadingCsv {
  private ReadingCsv() {}

  static void write(final Reading reading, final Writer out) throws IOException {
    out.write(Csv.line("metric", "type", "sample", "labels", "value", "created_ms"));
    Sample.visit(
        reading,
        true,
        sample ->
            out.write(
                Csv.line(
                    sample.family().name(),
                    sample.family().type().text(),
                    sample.name(),
                    sample.labels(),
                    sample.value(),
                    Long.toString(sample.createdMillis()))));
  }
}
