package io.narthex.stress.harness;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A scraped text page, read back and held to what makes a page valid: each series once, the samples
 * of a family side by side and behind its type, every line whole.
 */
public final class Page {
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private Page() {}

  /** Scrapes a registry. */
  public static Page of(final MetricRegistry registry) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TextFormat.PROMETHEUS.write(registry, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(out.toString(StandardCharsets.UTF_8));
  }

  /** Scrapes a file as a viewer that knows nothing of it. */
  public static Page of(final Path file) {
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      return of(viewer);
    }
  }

  /** Reads a page of either format. */
  public static Page parse(final String text) {
    final Page page = new Page();
    final Set<String> families = new HashSet<>();
    String family = null;
    int from = 0;
    while (from < text.length()) {
      final int end = text.indexOf('\n', from);
      final String line = text.substring(from, end < 0 ? text.length() : end);
      check(end >= 0, "the page ends within a line", line);
      from = end + 1;
      if (line.startsWith("# TYPE ")) {
        family = line.substring("# TYPE ".length(), line.lastIndexOf(' '));
        check(families.add(family), "a family comes twice", line);
      } else if (!line.startsWith("#")) {
        check(family != null && line.startsWith(family), "a sample outside its family", line);
        final int space = line.lastIndexOf(' ');
        check(space > 0, "a sample without a value", line);
        final Double before = page.samples.put(line.substring(0, space), number(line, space));
        check(before == null, "a series comes twice", line);
      }
    }
    return page;
  }

  private static double number(final String line, final int space) {
    return switch (line.substring(space + 1)) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(line.substring(space + 1));
    };
  }

  private static void check(final boolean right, final String wrong, final String line) {
    if (!right) {
      throw new AssertionError(wrong + ": " + line);
    }
  }

  /** How many series a sample name has. */
  public int count(final String name) {
    final int[] count = new int[1];
    each(name, (series, value) -> count[0]++);
    return count[0];
  }

  /** The sum of all series of a sample name. */
  public double sum(final String name) {
    final double[] sum = new double[1];
    each(name, (series, value) -> sum[0] += value);
    return sum[0];
  }

  /** How often each value occurs among the series of a sample name. */
  public Map<Double, Integer> values(final String name) {
    final Map<Double, Integer> values = new HashMap<>();
    each(name, (series, value) -> values.merge(value, 1, Integer::sum));
    return values;
  }

  /** The value of one sample, written as {@code name{a="b"}}; null if it is not there. */
  public Double value(final String sample) {
    return samples.get(sample);
  }

  /** All samples, as they stand on the page. */
  public Map<String, Double> samples() {
    return samples;
  }

  private void each(final String name, final BiConsumer<String, Double> action) {
    samples.forEach(
        (series, value) -> {
          if (series.equals(name) || series.startsWith(name + "{")) {
            action.accept(series, value);
          }
        });
  }
}
