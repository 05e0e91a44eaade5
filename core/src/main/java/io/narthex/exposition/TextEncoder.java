package io.narthex.exposition;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Writes what it visits as one page, in either format. Allocates nothing per series.
 *
 * <p>The two formats differ in a family's header, in {@code _created}, in what may not be negative,
 * and in the last line. A family without series is left out.
 */
final class TextEncoder implements SeriesVisitor<IOException> {
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.US_ASCII);

  private final boolean openMetrics;
  private final Predicate<? super FamilyDescriptor> wanted;
  private final TextBuffer out;
  private FamilyText family;
  private boolean headerWritten;

  TextEncoder(
      final TextFormat format,
      final OutputStream out,
      final Predicate<? super FamilyDescriptor> wanted) {
    this.openMetrics = format == TextFormat.OPENMETRICS;
    this.out = new TextBuffer(out);
    this.wanted = wanted;
  }

  @Override
  public boolean family(final FamilyDescriptor descriptor) {
    if (!wanted.test(descriptor)) {
      return false;
    }
    family = FamilyText.of(descriptor);
    headerWritten = false;
    return true;
  }

  @Override
  public void series(final Series series) throws IOException {
    if (!headerWritten) {
      out.put(openMetrics ? family.openMetricsHeader : family.prometheusHeader);
      headerWritten = true;
    }
    switch (family.type) {
      case COUNTER -> counter(series);
      case GAUGE -> sample(family.sample, series, series.value());
      case HISTOGRAM -> histogram(series);
      case SUMMARY -> summary(series);
      case INFO -> sample(family.sample, series, 1L);
      case STATESET -> stateSet(series);
    }
  }

  /** Ends the page and flushes the stream. */
  void end() throws IOException {
    if (openMetrics) {
      out.put(END);
    }
    out.flush();
  }

  private void counter(final Series series) throws IOException {
    final double value = series.value();
    if (!isAllowedInTotal(value)) {
      return;
    }
    sample(family.sample, series, value);
    created(series);
  }

  private void histogram(final Series series) throws IOException {
    long count = 0;
    for (int i = 0; i < family.lastLabels.length; i++) {
      count += series.bucket(i);
      sample(family.sample, series, family.lastLabels[i], count);
    }
    final double sum = series.sum();
    // OpenMetrics has the two together or not at all, and a sum that can fall is no counter.
    if (!openMetrics || (!family.negativeBound && isAllowedInTotal(sum))) {
      sample(family.count, series, count);
      sample(family.sum, series, sum);
    }
    created(series);
  }

  private void summary(final Series series) throws IOException {
    final double sum = series.sum();
    sample(family.count, series, series.bucket(0));
    if (isAllowedInTotal(sum)) {
      sample(family.sum, series, sum);
    }
    created(series);
  }

  private void stateSet(final Series series) throws IOException {
    final double current = series.value();
    for (int i = 0; i < family.lastLabels.length; i++) {
      sample(family.sample, series, family.lastLabels[i], current == i + 1 ? 1 : 0);
    }
  }

  /**
   * To OpenMetrics, what only grows can be neither negative nor NaN; one such sample spoils a page.
   */
  private boolean isAllowedInTotal(final double value) {
    return !openMetrics || value >= 0;
  }

  private void created(final Series series) throws IOException {
    if (!openMetrics) {
      return;
    }
    final long millis = series.createdMillis();
    if (millis > 0) {
      name(family.created, series);
      out.putSeconds(millis);
      out.put('\n');
    }
  }

  private void sample(final byte[] name, final Series series, final double value)
      throws IOException {
    name(name, series);
    out.putNumber(value);
    out.put('\n');
  }

  private void sample(final byte[] name, final Series series, final long value) throws IOException {
    name(name, series);
    out.putNumber(value);
    out.put('\n');
  }

  private void sample(
      final byte[] name, final Series series, final byte[] lastLabel, final long value)
      throws IOException {
    final int labels = series.labelsLength();
    out.put(name);
    if (labels > 0) {
      out.putLabels(series, labels);
      out.put(',');
    }
    out.put(lastLabel);
    out.putNumber(value);
    out.put('\n');
  }

  /** Begins a line with a name, whose opening brace is part of it, and all labels. */
  private void name(final byte[] name, final Series series) throws IOException {
    final int labels = series.labelsLength();
    if (labels > 0) {
      out.put(name);
      out.putLabels(series, labels);
      out.put('}');
    } else {
      out.put(name, name.length - 1);
    }
    out.put(' ');
  }
}
