package io.narthex.tools.diff;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.LabelText;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Reads back what {@code narthex export --format json} wrote. */
final class JsonSnapshot {
  private JsonSnapshot() {}

  /** Whether a file begins as an object does; a mapped file does not. */
  static boolean isOne(final Path file) {
    NarthexFile.check(file);
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == '{';
    } catch (final IOException e) {
      return false; // who opens it as a mapped file says why
    }
  }

  static Reading read(final Path file) {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      final JsonObject json = JsonParser.parseReader(in).getAsJsonObject();
      final List<ReadingFamily> families = new ArrayList<>();
      for (final JsonElement family : json.getAsJsonArray("families")) {
        families.add(family(family.getAsJsonObject()));
      }
      return Reading.of(json.get("taken_ms").getAsLong(), families);
    } catch (final IOException e) {
      throw new NarthexException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (final JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | ClassCastException
        | NullPointerException e) {
      // All that the parser and its tree throw for what is not as expected.
      throw new NarthexException(
          file + " is no snapshot: it is not what narthex export --format json writes", e);
    }
  }

  private static ReadingFamily family(final JsonObject json) {
    final MetricType type =
        Arrays.stream(MetricType.values())
            .filter(one -> one.text().equals(json.get("type").getAsString()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown type"));
    final FamilyDescriptor descriptor =
        FamilyDescriptor.builder(type, json.get("name").getAsString())
            .help(text(json, "help"))
            .unit(text(json, "unit"))
            .gaugeMode(
                json.has("gauge_mode")
                    ? GaugeMode.valueOf(json.get("gauge_mode").getAsString())
                    : GaugeMode.SHARED)
            .labelNames(strings(json, "label_names"))
            .bounds(numbers(json, "bounds"))
            .states(strings(json, "states"))
            .build();
    final List<ReadingSeries> series = new ArrayList<>();
    for (final JsonElement one : json.getAsJsonArray("series")) {
      series.add(series(one.getAsJsonObject()));
    }
    return new ReadingFamily(descriptor, series);
  }

  private static ReadingSeries series(final JsonObject json) {
    final StringJoiner labels = new StringJoiner(",");
    for (final Map.Entry<String, JsonElement> label : json.getAsJsonObject("labels").entrySet()) {
      labels.add(LabelText.of(label.getKey(), label.getValue().getAsString()));
    }
    final long created = json.get("created_ms").getAsLong();
    if (!json.has("buckets")) {
      return ReadingSeries.of(labels.toString(), created, number(json.get("value")));
    }
    final JsonArray buckets = json.getAsJsonArray("buckets");
    final long[] counts = new long[buckets.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets.get(i).getAsLong();
    }
    return ReadingSeries.ofDistribution(
        labels.toString(), created, number(json.get("sum")), counts);
  }

  private static double number(final JsonElement json) {
    final String text = json.getAsString();
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static String text(final JsonObject json, final String member) {
    return json.has(member) ? json.get(member).getAsString() : "";
  }

  private static List<String> strings(final JsonObject json, final String member) {
    final List<String> strings = new ArrayList<>();
    if (json.has(member)) {
      json.getAsJsonArray(member).forEach(one -> strings.add(one.getAsString()));
    }
    return strings;
  }

  private static double[] numbers(final JsonObject json, final String member) {
    if (!json.has(member)) {
      return new double[0];
    }
    final JsonArray array = json.getAsJsonArray(member);
    final double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(array.get(i));
    }
    return numbers;
  }
}
