package io.narthex.tools.export;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.reading.LabelText;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Values;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes a reading as comma-separated values, as RFC 4180 has them but with a line feed at the end
 * of a line: a head, then the samples that a page has, buckets cumulative as there.
 */
final class CsvWriter {
  private final Writer out;

  CsvWriter(final Writer out) {
    this.out = out;
  }

  void write(final Reading reading) throws IOException {
    out.write("metric,type,sample,labels,value,created_ms\n");
    for (final ReadingFamily family : reading.families()) {
      for (final ReadingSeries series : family.series()) {
        write(family, series);
      }
    }
  }

  private void write(final ReadingFamily family, final ReadingSeries series) throws IOException {
    final String labels = series.labelText();
    switch (family.descriptor().type()) {
      case HISTOGRAM -> {
        buckets(family, series);
        distribution(family, series);
      }
      case SUMMARY -> distribution(family, series);
      case STATESET -> {
        final FamilyDescriptor states = family.descriptor();
        for (int i = 0; i < states.states().size(); i++) {
          final String state = LabelText.of(family.name(), states.states().get(i));
          row(family, "", joined(labels, state), series.value() == i + 1 ? "1" : "0", series);
        }
      }
      default ->
          row(
              family,
              family.descriptor().type().nameSuffix(),
              labels,
              Values.of(series.value()),
              series);
    }
  }

  private void buckets(final ReadingFamily family, final ReadingSeries series) throws IOException {
    long below = 0;
    for (int i = 0; i < series.bucketCount(); i++) {
      below += series.bucket(i);
      final double bound =
          i < family.descriptor().boundCount()
              ? family.descriptor().bound(i)
              : Double.POSITIVE_INFINITY;
      row(
          family,
          "_bucket",
          joined(series.labelText(), LabelText.of("le", Values.of(bound))),
          Long.toString(below),
          series);
    }
  }

  private void distribution(final ReadingFamily family, final ReadingSeries series)
      throws IOException {
    row(family, "_count", series.labelText(), Long.toString(series.count()), series);
    row(family, "_sum", series.labelText(), Values.of(series.sum()), series);
  }

  private static String joined(final String labels, final String label) {
    return labels.isEmpty() ? label : labels + ',' + label;
  }

  private void row(
      final ReadingFamily family,
      final String suffix,
      final String labels,
      final String value,
      final ReadingSeries series)
      throws IOException {
    out.append(family.name())
        .append(',')
        .append(family.descriptor().type().text())
        .append(',')
        .append(family.name())
        .append(suffix)
        .append(',')
        .append(quoted(labels))
        .append(',')
        .append(value)
        .append(',')
        .append(Long.toString(series.createdMillis()))
        .append('\n');
  }

  private static String quoted(final String text) {
    return text.isEmpty() ? "" : '"' + text.replace("\"", "\"\"") + '"';
  }
}
