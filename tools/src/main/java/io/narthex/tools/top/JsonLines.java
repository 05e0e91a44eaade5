package io.narthex.tools.top;

import com.google.gson.stream.JsonWriter;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A line for programs: one object for each reading.
 *
 * <pre>
 * {"taken_ms": 1, "series": [
 *   {"metric": "http_requests_total", "labels": {"method": "GET"}, "value": 3, "rate": 0.5},
 *   {"metric": "http_seconds", "labels": {}, "value": 9, "rate": 1, "p50": 0.02, "p99": 0.4}]}
 * </pre>
 *
 * <p>The value of a histogram or summary is its count. Rates are per second. What a series has not
 * is left out: the rate of a gauge, or of anything in the reading in which it appeared; quantiles
 * of what was not observed in the last readings.
 */
final class JsonLines implements Lines {
  private final int rows;

  /**
   * Makes one.
   *
   * @param rows how many series an object tells of at most; 0: all
   */
  JsonLines(final int rows) {
    this.rows = rows;
  }

  @Override
  public String of(final Reading reading, final List<Track> tracks) {
    final StringWriter out = new StringWriter();
    try {
      final JsonWriter json = new JsonWriter(out);
      json.beginObject();
      json.name("taken_ms").value(reading.takenMillis());
      json.name("series").beginArray();
      for (final Track track : rows == 0 ? tracks : tracks.subList(0, shown(tracks))) {
        series(json, track);
      }
      json.endArray();
      json.endObject();
    } catch (final IOException e) {
      throw new UncheckedIOException(e); // from a string: never
    }
    return out.append('\n').toString();
  }

  private int shown(final List<Track> tracks) {
    return Math.min(rows, tracks.size());
  }

  private static void series(final JsonWriter json, final Track track) throws IOException {
    json.beginObject();
    json.name("metric").value(track.metric());
    json.name("labels").beginObject();
    for (final Map.Entry<String, String> label : track.labels().entrySet()) {
      json.name(label.getKey()).value(label.getValue());
    }
    json.endObject();
    ReadingJson.number(json.name("value"), track.value());
    number(json, "rate", track.rate());
    number(json, "p50", track.quantile(0.5));
    number(json, "p99", track.quantile(0.99));
    json.endObject();
  }

  private static void number(final JsonWriter json, final String name, final double value)
      throws IOException {
    if (!Double.isNaN(value)) {
      ReadingJson.number(json.name(name), value);
    }
  }
}
