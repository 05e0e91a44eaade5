package io.narthex.tools.reading;

import com.google.gson.stream.JsonWriter;
import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * The JSON form of a {@link Reading}, written series by series. Times are milliseconds since the
 * epoch, buckets are not cumulative and one more than the bounds; a whole number has no decimal
 * point, and what JSON has no number for is one of the strings {@code NaN}, {@code +Inf} and {@code
 * -Inf}.
 *
 * <pre>
 * {"taken_ms": 1, "families": [
 *   {"name": "http_requests", "type": "counter", "help": "…", "unit": "…", "gauge_mode": "SUM",
 *    "label_names": ["method"], "bounds": [0.1, 1], "states": ["open", "closed"],
 *    "series": [
 *      {"labels": {"method": "GET"}, "created_ms": 1, "value": 3},
 *      {"labels": {}, "created_ms": 1, "count": 3, "sum": 0.5, "buckets": [1, 2, 0]}]}]}
 * </pre>
 *
 * Of help, unit, gauge mode, label names, bounds and states those are left out that the family has
 * not.
 */
public final class ReadingJson {
  /** Up to here every whole number is a double. */
  private static final double WHOLE_MAX = 1L << 53;

  private ReadingJson() {}

  /**
   * Writes a reading as one object. The writer is flushed and not closed.
   *
   * @param reading what to write
   * @param out where to
   * @throws IOException what the writer threw
   */
  public static void write(final Reading reading, final Writer out) throws IOException {
    final JsonWriter json = new JsonWriter(out);
    write(reading, json);
    json.flush();
  }

  /**
   * Writes a reading as an object into what else is being written.
   *
   * @param reading what to write
   * @param json where to; afterwards stands behind the object
   * @throws IOException what the writer threw
   */
  public static void write(final Reading reading, final JsonWriter json) throws IOException {
    json.beginObject();
    json.name("taken_ms").value(reading.takenMillis());
    json.name("families").beginArray();
    for (final ReadingFamily family : reading.families()) {
      write(family, json);
    }
    json.endArray();
    json.endObject();
  }

  /**
   * Writes a family as an object.
   *
   * @param family what to write
   * @param json where to
   * @throws IOException what the writer threw
   */
  public static void write(final ReadingFamily family, final JsonWriter json) throws IOException {
    json.beginObject();
    describe(family.descriptor(), json);
    json.name("series").beginArray();
    for (final ReadingSeries series : family.series()) {
      write(series, json);
    }
    json.endArray();
    json.endObject();
  }

  /**
   * Writes a series as an object.
   *
   * @param series what to write
   * @param json where to
   * @throws IOException what the writer threw
   */
  public static void write(final ReadingSeries series, final JsonWriter json) throws IOException {
    json.beginObject();
    labels(series, json);
    json.name("created_ms").value(series.createdMillis());
    if (series.isDistribution()) {
      json.name("count").value(series.count());
      number(json.name("sum"), series.sum());
      json.name("buckets").beginArray();
      for (int i = 0; i < series.bucketCount(); i++) {
        json.value(series.bucket(i));
      }
      json.endArray();
    } else {
      number(json.name("value"), series.value());
    }
    json.endObject();
  }

  /**
   * Writes the member {@code labels} of an object that was begun.
   *
   * @param series whose labels
   * @param json where to
   * @throws IOException what the writer threw
   */
  public static void labels(final ReadingSeries series, final JsonWriter json) throws IOException {
    labelObject(series, json.name("labels"));
  }

  /**
   * Writes the labels of a series as an object of their own.
   *
   * @param series whose labels
   * @param json where to
   * @throws IOException what the writer threw
   */
  public static void labelObject(final ReadingSeries series, final JsonWriter json)
      throws IOException {
    json.beginObject();
    for (final Map.Entry<String, String> label : series.labels().entrySet()) {
      json.name(label.getKey()).value(label.getValue());
    }
    json.endObject();
  }

  /**
   * Writes a number, also one that JSON has none for.
   *
   * @param json where to
   * @param value the number
   * @throws IOException what the writer threw
   */
  public static void number(final JsonWriter json, final double value) throws IOException {
    if (Double.isNaN(value)) {
      json.value("NaN");
    } else if (Double.isInfinite(value)) {
      json.value(value > 0 ? "+Inf" : "-Inf");
    } else if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX && !isMinusZero(value)) {
      json.value((long) value);
    } else {
      json.value(value);
    }
  }

  private static boolean isMinusZero(final double value) {
    return value == 0 && 1 / value < 0;
  }

  /**
   * Writes the members of an object that was begun which describe a family, from {@code name} to
   * {@code states}.
   *
   * @param family whose
   * @param json where to
   * @throws IOException what the writer threw
   */
  public static void describe(final FamilyDescriptor family, final JsonWriter json)
      throws IOException {
    json.name("name").value(family.name());
    json.name("type").value(family.type().text());
    if (!family.help().isEmpty()) {
      json.name("help").value(family.help());
    }
    if (!family.unit().isEmpty()) {
      json.name("unit").value(family.unit());
    }
    if (family.gaugeMode() != GaugeMode.SHARED) {
      json.name("gauge_mode").value(family.gaugeMode().name());
    }
    if (!family.labelNames().isEmpty()) {
      strings(json.name("label_names"), family.labelNames());
    }
    if (family.type() == MetricType.HISTOGRAM) {
      json.name("bounds").beginArray();
      for (int i = 0; i < family.boundCount(); i++) {
        number(json, family.bound(i));
      }
      json.endArray();
    }
    if (family.type() == MetricType.STATESET) {
      strings(json.name("states"), family.states());
    }
  }

  private static void strings(final JsonWriter json, final List<String> texts) throws IOException {
    json.beginArray();
    for (final String text : texts) {
      json.value(text);
    }
    json.endArray();
  }
}
