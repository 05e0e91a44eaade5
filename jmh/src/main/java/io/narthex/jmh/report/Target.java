package io.narthex.jmh.report;

import java.util.OptionalDouble;
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
    String key, String text, double limit, Form form, Function<Figures, OptionalDouble> figure) {

  /** Evaluates it. */
  Outcome outcome(final Figures figures) {
    final OptionalDouble value = figure.apply(figures);
    if (value.isEmpty()) {
      return new Outcome(this, Verdict.NOT_MEASURED, "–");
    }
    // The limit itself is met, also where dividing rounded upwards.
    final boolean met = value.getAsDouble() <= limit * (1 + 1e-9);
    return new Outcome(this, met ? Verdict.MET : Verdict.MISSED, form.text(value.getAsDouble()));
  }

  /** The limit as text. */
  String limitText() {
    // Limits are round: 0.7, not 0.700.
    return "≤ "
        + form.text(limit)
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

    String text(final double value) {
      return switch (this) {
        case RATIO -> Numbers.ratio(value);
        case MILLISECONDS -> Numbers.text(value) + " ms";
        case GARBAGE -> Numbers.garbage(value) + " B";
        case PERCENT -> Numbers.text(value) + " %";
      };
    }
  }

  /** A target, and how it stands. */
  record Outcome(Target target, Verdict verdict, String figure) {}
}
