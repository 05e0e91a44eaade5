package io.narthex.tools.web;

import com.google.gson.stream.JsonWriter;
import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.mapped.MappedProcess;
import io.narthex.tools.file.Occupancy;
import io.narthex.tools.reading.ReadingJson;
import io.narthex.tools.reading.ReadingSeries;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a page is told at a poll.
 *
 * <pre>
 * {"at": "BOARD.TURN",             what to say at the next poll
 *  "full": false,                  whether to forget all before
 *  "now_ms": 1, "taken_ms": 1,
 *  "families": [{"id": 1, "sample": "http_requests_total",
 *                "name": "http_requests", "type": "counter", ...}],     as ReadingJson describes it
 *  "series": [[2, 1, {"method": "GET"}]],       id, family, labels: those that are new
 *  "gone": [3],
 *  "values": [[2, 17], [4, 0.5, [1, 0, 2]]],    id and value, or id, sum and buckets
 *  "files": [...], "skipped": [{"path": "", "reason": ""}]}
 * </pre>
 */
final class PollJson {
  private final Board board;
  private final ShownFiles files;

  PollJson(final Board board, final ShownFiles files) {
    this.board = board;
    this.files = files;
  }

  String answer(final Since seen) throws IOException {
    final StringWriter out = new StringWriter(4096);
    final JsonWriter json = new JsonWriter(out);
    json.beginObject();
    synchronized (board) {
      board.refresh();
      final boolean full = !board.knows(seen);
      final long since = full ? 0 : seen.turn();
      json.name("at").value(board.name + '.' + board.turn());
      json.name("full").value(full);
      json.name("now_ms").value(System.currentTimeMillis());
      json.name("taken_ms").value(board.takenMillis());
      series(json, since, full);
    }
    files(json);
    json.endObject();
    return out.toString();
  }

  private void series(final JsonWriter json, final long since, final boolean full)
      throws IOException {
    json.name("families").beginArray();
    for (final BoardFamily family : board.familiesSince(since)) {
      family(json, family);
    }
    json.endArray();
    final List<BoardSeries> changed = board.changedSince(since);
    json.name("series").beginArray();
    for (final BoardSeries series : changed) {
      if (series.created > since) {
        json.beginArray().value(series.id).value(series.family.id);
        ReadingJson.labelObject(series.last, json);
        json.endArray();
      }
    }
    json.endArray();
    json.name("gone").beginArray();
    if (!full) {
      for (final int id : board.goneSince(since)) {
        json.value(id);
      }
    }
    json.endArray();
    json.name("values").beginArray();
    for (final BoardSeries series : changed) {
      value(json, series);
    }
    json.endArray();
  }

  static void family(final JsonWriter json, final BoardFamily shown) throws IOException {
    final FamilyDescriptor family = shown.descriptor;
    json.beginObject();
    json.name("id").value(shown.id);
    json.name("sample").value(family.name() + family.type().nameSuffix());
    ReadingJson.describe(family, json);
    json.endObject();
  }

  private static void value(final JsonWriter json, final BoardSeries shown) throws IOException {
    final ReadingSeries series = shown.last;
    json.beginArray().value(shown.id);
    if (series.isDistribution()) {
      ReadingJson.number(json, series.sum());
      json.beginArray();
      for (int i = 0; i < series.bucketCount(); i++) {
        json.value(series.bucket(i));
      }
      json.endArray();
    } else {
      ReadingJson.number(json, series.value());
    }
    json.endArray();
  }

  private void files(final JsonWriter json) throws IOException {
    json.name("files").beginArray();
    for (final ShownFile file : files.files()) {
      file(json, file);
    }
    json.endArray();
    json.name("skipped").beginArray();
    for (final Map.Entry<Path, String> one : files.skipped().entrySet()) {
      json.beginObject();
      json.name("path").value(one.getKey().toString());
      json.name("reason").value(one.getValue());
      json.endObject();
    }
    json.endArray();
  }

  private static void file(final JsonWriter json, final ShownFile file) throws IOException {
    json.beginObject();
    json.name("name").value(file.name());
    json.name("path").value(file.path().toString());
    final Occupancy occupancy = Occupancy.of(file.path());
    json.name("size").value(occupancy.size());
    json.name("max_size").value(occupancy.maxSize());
    json.name("created_ms").value(occupancy.createdMillis());
    json.name("version").value(occupancy.version());
    json.name("stripes").value(occupancy.stripes());
    json.name("wasted").value(occupancy.wasted());
    json.name("segments").beginArray();
    for (final Occupancy.Part part : occupancy.parts()) {
      json.beginObject();
      json.name("kind").value(part.kind());
      json.name("offset").value(part.offset());
      json.name("length").value(part.length());
      json.name("used").value(part.used());
      json.name("entries").value(part.entries());
      json.endObject();
    }
    json.endArray();
    json.name("processes").beginArray();
    for (final MappedProcess process : processes(file)) {
      json.beginObject();
      json.name("pid").value(process.pid());
      json.name("incarnation").value(process.incarnation());
      json.name("start_ms").value(process.startMillis());
      json.name("heartbeat_ms").value(process.heartbeatMillis());
      json.name("state").value(process.state().name().toLowerCase(Locale.ROOT));
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static List<MappedProcess> processes(final ShownFile file) {
    try {
      return file.backend().processes();
    } catch (final NarthexException e) {
      return List.of(); // the visit of its series says why
    }
  }
}
