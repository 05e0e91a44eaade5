package io.narthex.exposition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** HTTP content negotiation, as far as a page of metrics needs it. */
final class Negotiation {
  private static final String OPENMETRICS = "application/openmetrics-text";

  /** Many more than any client has; to weigh all of a hostile one would take many milliseconds. */
  private static final int MOST_CHOICES = 100;

  private Negotiation() {}

  static TextFormat format(final String accept) {
    Choice openMetrics = Choice.NONE;
    Choice plain = Choice.NONE;
    for (final Choice choice : choices(accept)) {
      if (choice.value.equals(OPENMETRICS)) {
        if (isSpokenOpenMetrics(choice.parameters.getOrDefault("version", ""))
            && choice.quality > openMetrics.quality) {
          openMetrics = choice;
        }
      } else if (isPlain(choice) && choice.outranks(plain)) {
        plain = choice;
      }
    }
    final boolean preferred =
        openMetrics.quality > plain.quality
            || (openMetrics.quality == plain.quality
                && (openMetrics.position < plain.position || plain.isRange()));
    return openMetrics.quality > 0 && preferred ? TextFormat.OPENMETRICS : TextFormat.PROMETHEUS;
  }

  /** Whether the client takes gzip: it names it, or anything, and with a quality over 0. */
  static boolean acceptsGzip(final String acceptEncoding) {
    double any = 0;
    for (final Choice choice : choices(acceptEncoding)) {
      if (choice.value.equals("gzip") || choice.value.equals("x-gzip")) {
        return choice.quality > 0;
      }
      if (choice.value.equals("*")) {
        any = choice.quality;
      }
    }
    return any > 0;
  }

  /** 0.0.1 was the draft of 1.0.0 and clients still send it; a later 1.x has to read 1.0.0. */
  private static boolean isSpokenOpenMetrics(final String version) {
    return version.isEmpty() || version.equals("0.0.1") || version.startsWith("1.");
  }

  private static boolean isPlain(final Choice choice) {
    return choice.isRange()
        || (choice.value.equals("text/plain")
            && choice.parameters.getOrDefault("version", "0.0.4").equals("0.0.4"));
  }

  /**
   * The elements of a header that can be understood, in the order in which they stand in it. What
   * comes behind so many that nobody needs them is as if it were not there.
   */
  private static List<Choice> choices(final String header) {
    final List<Choice> choices = new ArrayList<>();
    if (header != null) {
      final List<String> elements = split(header, ',');
      for (final String element : elements.subList(0, Math.min(elements.size(), MOST_CHOICES))) {
        final Choice choice = Choice.parse(element, choices.size());
        if (choice != null) {
          choices.add(choice);
        }
      }
    }
    return choices;
  }

  /** Splits at a separator that is not in a quoted string. */
  private static List<String> split(final String text, final char separator) {
    final List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** One element of an {@code Accept} or {@code Accept-Encoding} header. */
  private static final class Choice {
    static final Choice NONE = new Choice("", Map.of(), 0, Integer.MAX_VALUE);

    private static final Pattern QUALITY = Pattern.compile("0(\\.[0-9]*)?|1(\\.0*)?");

    final String value;
    final Map<String, String> parameters;
    final double quality;
    final int position;

    private Choice(
        final String value,
        final Map<String, String> parameters,
        final double quality,
        final int position) {
      this.value = value;
      this.parameters = parameters;
      this.quality = quality;
      this.position = position;
    }

    boolean isRange() {
      return value.equals("*/*") || value.equals("text/*");
    }

    /** The more specific one counts, and of two alike the one of higher quality. */
    boolean outranks(final Choice other) {
      return specificity() > other.specificity()
          || (specificity() == other.specificity() && quality > other.quality);
    }

    private int specificity() {
      return switch (value) {
        case "" -> 0;
        case "*/*" -> 1;
        case "text/*" -> 2;
        default -> 3;
      };
    }

    /** Returns null for what cannot be understood: it is as if it were not there. */
    static Choice parse(final String element, final int position) {
      final List<String> parts = split(element, ';');
      final String value = parts.get(0).strip().toLowerCase(Locale.ROOT);
      final Map<String, String> parameters = new TreeMap<>();
      for (final String part : parts.subList(1, parts.size())) {
        final int equals = part.indexOf('=');
        if (equals > 0) {
          final String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
          parameters.putIfAbsent(name, unquote(part.substring(equals + 1).strip()));
        }
      }
      final double quality = quality(parameters.getOrDefault("q", "1"));
      return value.isEmpty() || quality < 0
          ? null
          : new Choice(value, parameters, quality, position);
    }

    private static String unquote(final String text) {
      final boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
      return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** Returns -1 for what is none. */
    private static double quality(final String text) {
      return QUALITY.matcher(text).matches() ? Double.parseDouble(text) : -1;
    }
  }
}
