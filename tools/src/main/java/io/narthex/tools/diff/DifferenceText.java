package io.narthex.tools.diff;

import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.diff.Difference.MetricChange;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Columns;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import java.io.PrintWriter;

/** A difference as a table. */
final class DifferenceText {
  private DifferenceText() {}

  static void print(final Difference difference, final PrintWriter out) {
    for (final MetricChange metric : difference.metrics()) {
      if (metric.before() != null) {
        out.println("- " + Printable.of(metric.before().toString()));
      }
      if (metric.after() != null) {
        out.println("+ " + Printable.of(metric.after().toString()));
      }
    }
    if (!difference.metrics().isEmpty() && !difference.series().isEmpty()) {
      out.println();
    }
    final Columns columns = new Columns("", "series", ">before", ">after", ">change", "");
    for (final Change change : difference.series()) {
      add(columns, change);
    }
    if (columns.size() > 0) {
      columns.print(out);
      out.println();
    }
    out.println(summary(difference));
  }

  private static void add(final Columns columns, final Change change) {
    final Change.Kind kind = change.kind();
    columns.add(
        switch (kind) {
          case ADDED -> "+";
          case REMOVED -> "-";
          default -> "~";
        },
        name(change.family(), change.either()),
        change.before() == null ? "" : numbers(change.family(), change.before()),
        change.after() == null ? "" : numbers(change.family(), change.after()),
        change.before() == null || change.after() == null ? "" : delta(change),
        kind == Change.Kind.RESET ? "reset" : "");
  }

  private static String name(final FamilyDescriptor family, final ReadingSeries series) {
    final String labels = series.labelText();
    return family.name()
        + family.type().nameSuffix()
        + (labels.isEmpty() ? "" : '{' + Printable.of(labels) + '}');
  }

  private static String numbers(final FamilyDescriptor family, final ReadingSeries series) {
    if (series.isDistribution()) {
      return Numbers.count(series.count()) + ", sum " + Numbers.value(series.sum());
    }
    final int state = (int) series.value();
    return !family.states().isEmpty() && state >= 0 && state <= family.states().size()
        ? state == 0 ? "none" : Excerpt.of(Printable.of(family.states().get(state - 1)))
        : Numbers.value(series.value());
  }

  private static String delta(final Change change) {
    if (!change.family().states().isEmpty()) {
      return "";
    }
    final String delta = signed(change.delta());
    return change.after().isDistribution() ? delta + ", sum " + signed(change.sumDelta()) : delta;
  }

  private static String signed(final double value) {
    return (value > 0 ? "+" : "") + Numbers.value(value).replace("++", "+");
  }

  private static String summary(final Difference difference) {
    if (difference.isNone()) {
      return "no difference in " + Numbers.count(difference.same(), "series", "series");
    }
    return Numbers.count(difference.count(Change.Kind.CHANGED))
        + " changed, "
        + Numbers.count(difference.count(Change.Kind.RESET))
        + " reset, "
        + Numbers.count(difference.count(Change.Kind.ADDED))
        + " added, "
        + Numbers.count(difference.count(Change.Kind.REMOVED))
        + " removed, "
        + Numbers.count(difference.same())
        + " the same";
  }
}
