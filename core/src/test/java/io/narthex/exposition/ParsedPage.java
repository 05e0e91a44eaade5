package io.narthex.exposition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as its reader understands it. Reading it fails if it is not whole or not valid: families
 * that are not contiguous, a series twice, buckets that do not add up.
 */
final class ParsedPage {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(?:\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\.)*\",?)*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "counter", List.of("_total", "_created", ""),
          "gauge", List.of(""),
          "histogram", List.of("_bucket", "_sum", "_count", "_created"),
          "summary", List.of("_sum", "_count", "_created"),
          "info", List.of("_info"),
          "stateset", List.of(""));

  /** The engine's own metrics are held to the format, and then left out. */
  private static final String OWN = "narthex_";

  /** Name and labels (escaped, sorted; {@code le} as a double) to value. */
  final Map<String, Double> samples = new LinkedHashMap<>();

  /** Family to type. */
  final Map<String, String> types = new LinkedHashMap<>();

  private final Set<String> headed = new HashSet<>();
  private final Map<String, Double> lastBuckets = new HashMap<>();
  private String family = "";

  static ParsedPage of(final String text, final TextFormat format) {
    final ParsedPage page = new ParsedPage();
    String body = text;
    if (format == TextFormat.OPENMETRICS) {
      require(text.endsWith("# EOF\n"), "no # EOF at the end");
      body = text.substring(0, text.length() - "# EOF\n".length());
    }
    require(body.isEmpty() || body.endsWith("\n"), "the last line has no end");
    body.lines().forEach(page::line);
    page.lastBuckets.forEach(
        (series, value) -> {
          final Double count = page.samples.get(series);
          require(count == null || count.equals(value), series + " is not its last bucket");
        });
    page.samples.keySet().removeIf(sample -> sample.startsWith(OWN));
    page.types.keySet().removeIf(name -> name.startsWith(OWN));
    return page;
  }

  private void line(final String line) {
    if (line.startsWith("# ")) {
      final String[] words = line.split(" ", 4);
      if (!words[2].equals(family)) {
        require(headed.add(words[2]), "a family twice: " + line);
        family = words[2];
      }
      if (words[1].equals("TYPE")) {
        require(types.put(family, words[3]) == null, "a type twice: " + line);
      }
      return;
    }
    final Matcher sample = SAMPLE.matcher(line);
    require(sample.matches(), "no sample: " + line);
    final String name = sample.group(1);
    final String type = types.get(family);
    require(
        type != null && SUFFIXES.get(type).stream().anyMatch(s -> name.equals(family + s)),
        "not in its family " + family + ": " + line);
    final double value = number(sample.group(3));
    final Map<String, String> labels = labels(sample.group(2));
    final String le = labels.get("le");
    final String key = name + labels;
    require(samples.put(key, value) == null, "a sample twice: " + line);
    if (le != null) {
      labels.remove("le");
      final String count = family + "_count" + labels;
      final Double last = lastBuckets.put(count, value);
      require(last == null || last <= value, "not cumulative: " + line);
    }
  }

  private static Map<String, String> labels(final String text) {
    final Map<String, String> labels = new TreeMap<>();
    if (text != null) {
      final Matcher label = LABEL.matcher(text);
      while (label.find()) {
        final String name = label.group(1);
        final String value = label.group(2);
        labels.put(name, name.equals("le") ? "" + number(value) : value);
      }
    }
    return labels;
  }

  private static double number(final String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static void require(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
