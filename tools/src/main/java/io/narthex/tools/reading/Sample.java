package io.narthex.tools.reading;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.text.Values;

/**
 * One line of the page that a reading would be: buckets are cumulative, and of a state set each
 * state has a line with 1 or 0.
 *
 * @param family what it belongs to
 * @param name its name, with the suffix
 * @param labels its labels, escaped and without braces; empty where there are none
 * @param value its value, as {@link Values} writes it
 * @param createdMillis when its series was created or last removed, ms since the epoch
 */
public record Sample(
    FamilyDescriptor family, String name, String labels, String value, long createdMillis) {
  /**
   * Who takes samples.
   *
   * @param <X> what it may throw
   */
  public interface Visitor<X extends Exception> {
    /**
     * Takes a sample.
     *
     * @param sample the next one
     * @throws X to end the visit
     */
    void sample(Sample sample) throws X;
  }

  /**
   * Shows all samples of a reading, in its order.
   *
   * @param reading whose
   * @param withBuckets whether those of buckets are wanted; count and sum are always
   * @param visitor who takes them
   * @param <X> what the visitor throws
   * @throws X what the visitor threw
   */
  public static <X extends Exception> void visit(
      final Reading reading, final boolean withBuckets, final Visitor<X> visitor) throws X {
    for (final ReadingFamily family : reading.families()) {
      for (final ReadingSeries series : family.series()) {
        switch (family.descriptor().type()) {
          case HISTOGRAM, SUMMARY -> {
            if (withBuckets) {
              buckets(family.descriptor(), series, visitor);
            }
            visitor.sample(of(family, series, "_count", Long.toString(series.count())));
            visitor.sample(of(family, series, "_sum", Values.of(series.sum())));
          }
          case STATESET -> states(family.descriptor(), series, visitor);
          default ->
              visitor.sample(
                  of(
                      family,
                      series,
                      family.descriptor().type().nameSuffix(),
                      Values.of(series.value())));
        }
      }
    }
  }

  /** A summary has none. */
  private static <X extends Exception> void buckets(
      final FamilyDescriptor family, final ReadingSeries series, final Visitor<X> visitor)
      throws X {
    long below = 0;
    for (int i = 0; family.type() == MetricType.HISTOGRAM && i < series.bucketCount(); i++) {
      below += series.bucket(i);
      final double bound = i < family.boundCount() ? family.bound(i) : Double.POSITIVE_INFINITY;
      visitor.sample(
          new Sample(
              family,
              family.name() + "_bucket",
              joined(series.labelText(), LabelText.of("le", TextFormat.boundText(bound))),
              Long.toString(below),
              series.createdMillis()));
    }
  }

  private static <X extends Exception> void states(
      final FamilyDescriptor family, final ReadingSeries series, final Visitor<X> visitor)
      throws X {
    for (int i = 0; i < family.states().size(); i++) {
      visitor.sample(
          new Sample(
              family,
              family.name(),
              joined(series.labelText(), LabelText.of(family.name(), family.states().get(i))),
              series.value() == i + 1 ? "1" : "0",
              series.createdMillis()));
    }
  }

  private static Sample of(
      final ReadingFamily family,
      final ReadingSeries series,
      final String suffix,
      final String value) {
    return new Sample(
        family.descriptor(),
        family.name() + suffix,
        series.labelText(),
        value,
        series.createdMillis());
  }

  private static String joined(final String labels, final String label) {
    return labels.isEmpty() ? label : labels + ',' + label;
  }
}
