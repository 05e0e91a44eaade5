package io.narthex.tools.export;

import io.narthex.MetricRegistry;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file can be exported as; all of it UTF-8. */
enum Format {
  /** Prometheus text 0.0.4. */
  PROMETHEUS {
    @Override
    void write(final MetricRegistry registry, final OutputStream out) throws IOException {
      TextFormat.PROMETHEUS.write(registry, out);
    }
  },
  /** OpenMetrics text 1.0.0. */
  OPENMETRICS {
    @Override
    void write(final MetricRegistry registry, final OutputStream out) throws IOException {
      TextFormat.OPENMETRICS.write(registry, out);
    }
  },
  /** The JSON of {@link ReadingJson}. */
  JSON {
    @Override
    void write(final MetricRegistry registry, final OutputStream out) throws IOException {
      final Writer writer = writer(out);
      ReadingJson.write(Reading.of(registry), writer);
      writer.write('\n');
      writer.flush();
    }
  },
  /** One line for each sample. */
  CSV {
    @Override
    void write(final MetricRegistry registry, final OutputStream out) throws IOException {
      final Writer writer = writer(out);
      ReadingCsv.write(Reading.of(registry), writer);
      writer.flush();
    }
  };

  /** Writes what a registry shows; flushes the stream and does not close it. */
  abstract void write(MetricRegistry registry, OutputStream out) throws IOException;

  private static Writer writer(final OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
