package io.narthex.tools.file;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** An overview as one JSON object; sizes in bytes, times in ms since the epoch. */
final class OverviewJson {
  private final Overview overview;
  private final JsonWriter json;

  OverviewJson(final Overview overview, final Writer out) {
    this.overview = overview;
    this.json = new JsonWriter(out);
    json.setIndent("  ");
  }

  void write() throws IOException {
    json.beginObject();
    head();
    segments();
    index();
    processes();
    metrics();
    json.endObject();
    json.flush();
  }

  private void head() throws IOException {
    final Header header = overview.header;
    json.name("file").value(overview.image.path().toString());
    json.name("version").value(header.version());
    json.name("header_whole").value(header.isTrusted());
    json.name("created_ms").value(header.createdMillis());
    json.name("bytes").value(overview.image.size());
    json.name("max_bytes").value(header.maxSize());
    json.name("free_bytes").value(overview.freeBytes());
    json.name("stripes").value(header.stripes());
    json.name("window").value(header.window());
    json.name("series").value(overview.series());
    json.name("series_shown").value(overview.shown());
    json.name("metrics_active").value(overview.activeMetrics());
    json.name("bad_records").value(overview.badRecords);
    json.name("hidden_bytes").value(overview.hiddenBytes());
    json.name("lost_bytes").value(overview.lostBytes());
    json.name("used_up_bytes").value(overview.wasted());
    json.name("incarnations").value(overview.processes.incarnations());
    json.name("processes_alive").value(overview.processes.count(ProcessState.ALIVE));
  }

  private void segments() throws IOException {
    json.name("segments").beginArray();
    int index = 0;
    for (int row = 0; row < overview.directory.rows(); row++) {
      final Segment segment = Segment.read(overview.image, row);
      json.beginObject();
      json.name("row").value(row);
      json.name("kind").value(Layout.kindName(segment.kind()));
      json.name("usable").value(overview.directory.isUsable(row));
      json.name("offset").value(segment.offset());
      json.name("bytes").value(segment.length());
      json.name("capacity").value(segment.capacity());
      json.name("taken").value(overview.used(segment));
      if (segment.kind() == Layout.INDEX && overview.directory.isUsable(row)) {
        json.name("words").value(index < overview.words.size() ? overview.words.get(index) : 0);
        index++;
      }
      json.endObject();
    }
    json.endArray();
  }

  private void index() throws IOException {
    json.name("lookups").beginObject();
    json.name("records").value(overview.found);
    json.name("words_read").value(overview.probeSum);
    json.name("most_words").value(overview.mostProbes);
    json.name("records_by_words").beginArray();
    for (int i = 0; i < overview.probes.length; i++) {
      if (overview.probes[i] > 0) {
        json.beginObject();
        json.name("up_to").value(1L << i);
        json.name("records").value(overview.probes[i]);
        json.endObject();
      }
    }
    json.endArray();
    json.endObject();
  }

  private void processes() throws IOException {
    json.name("processes").beginArray();
    final List<ProcessRow> rows = overview.processes.rows();
    for (int i = 0; i < rows.size(); i++) {
      final ProcessRow row = rows.get(i);
      json.beginObject();
      json.name("row").value(row.row());
      json.name("incarnation").value(row.owner());
      json.name("state").value(overview.processes.state(i).toString());
      if (row.isDescribed()) {
        json.name("pid").value(row.pid());
        json.name("started_ms").value(row.startMillis());
        json.name("heartbeat_ms").value(row.heartbeatMillis());
      }
      json.endObject();
    }
    json.endArray();
  }

  private void metrics() throws IOException {
    json.name("metrics").beginArray();
    for (final MetricUse use : overview.metrics()) {
      json.beginObject();
      json.name("name").value(use.family.name());
      json.name("type").value(use.family.type().text());
      json.name("state").value(Layout.stateName(use.state));
      json.name("offset").value(use.family.offset());
      json.name("series").value(use.series);
      json.name("shown").value(use.shown);
      json.name("record_bytes").value(use.recordBytes);
      json.name("cell_bytes").value(use.cellBytes);
      json.endObject();
    }
    json.endArray();
  }
}
