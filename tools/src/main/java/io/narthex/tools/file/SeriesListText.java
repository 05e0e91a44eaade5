package io.narthex.tools.file;

import com.google.gson.stream.JsonWriter;
import io.narthex.GaugeMode;
import io.narthex.tools.file.Parts.Part;
import io.narthex.tools.file.SeriesList.Line;
import io.narthex.tools.reading.ReadingJson;
import io.narthex.tools.text.Columns;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.StringJoiner;

/** Series as a table, or as JSON. */
final class SeriesListText {
  private final SeriesList list;

  SeriesListText(final SeriesList list) {
    this.list = list;
  }

  void print(final List<Line> lines, final PrintWriter out) {
    final Columns columns = new Columns(">offset", "state", "created", ">value", "series");
    for (final Line line : lines) {
      columns.add(
          line.series().offset(),
          list.state(line),
          Times.time(created(line)),
          value(line),
          Printable.of(line.series().shown()));
    }
    columns.print(out);
    out.println("  " + Numbers.count(lines.size(), "series", "series"));
  }

  private static long created(final Line line) {
    return line.numbers() == null ? line.series().createdMillis() : line.numbers().createdMillis();
  }

  private static String value(final Line line) {
    if (line.state() != SeriesState.SHOWN) {
      return "-";
    }
    if (line.parts() != null) {
      return partsValue(line);
    }
    final SeriesValue numbers = line.numbers();
    return SeriesList.isDistribution(line.series())
        ? Numbers.count(numbers.count()) + ", sum " + Numbers.exact(numbers.number())
        : Numbers.exact(numbers.value());
  }

  private static String partsValue(final Line line) {
    final GaugeMode mode = ValueReader.mode(line.series().family());
    if (mode != GaugeMode.ALL && mode != GaugeMode.LIVE_ALL) {
      return Numbers.exact(Double.longBitsToDouble(line.parts().combined(mode)));
    }
    final StringJoiner parts = new StringJoiner(", ");
    for (final Part part : line.parts().parts()) {
      parts.add("row " + part.row() + ": " + Numbers.exact(part.value()));
    }
    return parts.toString();
  }

  void writeJson(final List<Line> lines, final Writer out) throws IOException {
    final JsonWriter json = new JsonWriter(out);
    json.setIndent("  ");
    json.beginArray();
    for (final Line line : lines) {
      json.beginObject();
      json.name("offset").value(line.series().offset());
      json.name("metric").value(line.series().family().name());
      json.name("labels").value(line.series().labelText());
      json.name("state").value(list.state(line));
      json.name("created_ms").value(created(line));
      json.name("cells_offset").value(line.series().cellsAt());
      json.name("cells").value(line.series().cells());
      if (line.state() == SeriesState.SHOWN) {
        writeNumbers(json, line);
      }
      json.endObject();
    }
    json.endArray();
    json.flush();
  }

  private static void writeNumbers(final JsonWriter json, final Line line) throws IOException {
    if (line.parts() != null) {
      json.name("parts").beginArray();
      for (final Part part : line.parts().parts()) {
        json.beginObject();
        json.name("row").value(part.row());
        json.name("incarnation").value(part.owner());
        ReadingJson.number(json.name("value"), part.value());
        json.endObject();
      }
      json.endArray();
      if (line.parts().retired() != Layout.UNSET) {
        ReadingJson.number(json.name("retired"), Double.longBitsToDouble(line.parts().retired()));
      }
    } else if (SeriesList.isDistribution(line.series())) {
      json.name("count").value(line.numbers().count());
      ReadingJson.number(json.name("sum"), line.numbers().number());
      json.name("buckets").beginArray();
      for (final long bucket : line.numbers().wholes()) {
        json.value(bucket);
      }
      json.endArray();
    } else {
      ReadingJson.number(json.name("value"), line.numbers().value());
    }
  }
}
