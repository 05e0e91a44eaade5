package io.narthex.jmh.report;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a figure, or a ratio of figures, must not exceed.
 *
 * @param key names its reason in {@code reasons.json}
 * @param text what is asked for
 * @param form how figure and limit are written
 * @param figure reads it from the results; empty where it was not measured
 */
record Target(
    String key,
    String text,
    double limit,
    Form form,
    Function<Figures, Optional<Estimate>> figure) {

  /** Evaluates it. */
  Outcome outcome(final Figures figures) {
    final Optional<Estimate> found = figure.apply(figures);
    if (found.isEmpty()) {
      return new Outcome(this, Verdict.NOT_MEASURED, false, Numbers.NONE);
    }
    final Estimate value = found.get();
    // The limit itself is met, also where dividing rounded upwards.
    final boolean met = value.value() <= limit * (1 + 1e-9);
    return new Outcome(
        this, met ? Verdict.MET : Verdict.MISSED, value.mayBe(limit), form.text(value));
  }

  /** The limit as text. */
  String limitText() {
    // Limits are round: 0.7, not 0.700.
    return "≤ "
        + form.text(Estimate.of(limit))
            .replaceFirst("(\\.[0-9]*?)0+(?= |$)", "$1")
            .replaceFirst("\\.(?= |$)", "");
  }

  /** Met or not. */
  enum Verdict {
    MET("met"),
    MISSED("missed"),
    NOT_MEASURED("not measured");

    private final String text;

    Verdict(final String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** How a figure is written. */
  enum Form {
    RATIO,
    MILLISECONDS,
    GARBAGE,
    PERCENT;

    String text(final Estimate figure) {
      return switch (this) {
        case RATIO -> Numbers.ratio(figure);
        case MILLISECONDS -> Numbers.text(figure) + " ms";
        case GARBAGE -> Numbers.garbage(figure.value()) + " B";
        case PERCENT -> Numbers.text(figure) + " %";
      };
    }
  }

  /**
   * A target, and how it stands.
   *
   * @param close whether the limit is within the error of the figure, so that another run may come
   *     to another verdict
   */
  record Outcome(Target target, Verdict verdict, boolean close, String figure) {
    /** The verdict, and whether it is sure. */
    String text() {
      return close ? verdict.text() + ", within the error" : verdict.text();
    }
  }
}
