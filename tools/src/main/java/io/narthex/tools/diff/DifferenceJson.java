package io.narthex.tools.diff;

import com.google.gson.stream.JsonWriter;
import io.narthex.tools.diff.Difference.MetricChange;
import io.narthex.tools.reading.ReadingJson;
import io.narthex.tools.reading.ReadingSeries;
import java.io.IOException;
import java.io.Writer;

/** A difference as one JSON object. */
final class DifferenceJson {
  private DifferenceJson() {}

  static void write(final Difference difference, final Writer out) throws IOException {
    final JsonWriter json = new JsonWriter(out);
    json.setIndent("  ");
    json.beginObject();
    json.name("metrics").beginArray();
    for (final MetricChange metric : difference.metrics()) {
      json.beginObject();
      if (metric.before() != null) {
        json.name("before").value(metric.before().toString());
      }
      if (metric.after() != null) {
        json.name("after").value(metric.after().toString());
      }
      json.endObject();
    }
    json.endArray();
    json.name("series").beginArray();
    for (final Change change : difference.series()) {
      write(change, json);
    }
    json.endArray();
    for (final Change.Kind kind : Change.Kind.values()) {
      json.name(kind.toString()).value(difference.count(kind));
    }
    json.name("same").value(difference.same());
    json.endObject();
    json.flush();
  }

  private static void write(final Change change, final JsonWriter json) throws IOException {
    json.beginObject();
    json.name("metric").value(change.family().name());
    json.name("type").value(change.family().type().text());
    ReadingJson.labels(change.either(), json);
    json.name("change").value(change.kind().toString());
    side(json, "before", change.before());
    side(json, "after", change.after());
    if (change.before() != null && change.after() != null) {
      ReadingJson.number(json.name("delta"), change.delta());
      if (change.after().isDistribution()) {
        ReadingJson.number(json.name("sum_delta"), change.sumDelta());
      }
    }
    json.endObject();
  }

  private static void side(final JsonWriter json, final String name, final ReadingSeries series)
      throws IOException {
    if (series != null) {
      ReadingJson.write(series, json.name(name));
    }
  }
}
