package io.narthex.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.MetricType;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a page is told, poll by poll. */
final class BoardTest {
  private static final ShownFiles NO_FILES =
      new ShownFiles() {
        @Override
        public List<ShownFile> files() {
          return List.of();
        }

        @Override
        public SortedMap<Path, String> skipped() {
          return new TreeMap<>();
        }
      };

  private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());
  private final Board board = new Board(registry, 0);
  private final PollJson polls = new PollJson(board, NO_FILES);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldTellOnlyWhatChanged() throws IOException {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(registry);
    orders.labelValues("GET").inc();
    orders.labelValues("PUT").inc(2);
    final Histogram latency = Histogram.builder("latency").buckets(1, 2).register(registry);
    final JsonObject first = poll("");
    assertThat(first.get("full").getAsBoolean()).isTrue();
    assertThat(names(first)).contains("orders", "latency");
    assertThat(first.getAsJsonArray("series").toString())
        .contains("{\"method\":\"GET\"}", "{\"method\":\"PUT\"}");

    orders.labelValues("PUT").inc();
    latency.observe(1.5);
    final JsonObject second = poll(first);
    assertThat(second.get("full").getAsBoolean()).isFalse();
    assertThat(second.getAsJsonArray("families")).isEmpty();
    assertThat(second.getAsJsonArray("series")).isEmpty();
    assertThat(values(second))
        .containsExactlyInAnyOrder(
            "[" + idOf(first, "PUT") + ",3]", "[" + idOf(first, "{}") + ",1.5,[0,1,0]]");

    // Who did not ask in between is told the same.
    assertThat(values(poll(first))).containsExactlyInAnyOrderElementsOf(values(second));
    assertThat(values(poll(second))).isEmpty();
  }

  @Test
  void shouldTellWhatIsNewAndWhatIsGone() throws IOException {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(registry);
    orders.labelValues("GET").inc();
    final JsonObject first = poll("");

    orders.remove("GET");
    orders.labelValues("PUT").inc();
    Gauge.builder("depth").register(registry).set(Double.NaN);
    final JsonObject second = poll(first);
    assertThat(second.getAsJsonArray("gone").toString()).isEqualTo("[" + idOf(first, "GET") + "]");
    assertThat(names(second)).containsExactly("depth");
    assertThat(values(second)).contains("[" + idOf(second, "{}") + ",\"NaN\"]");

    // A name may come back as something else.
    registry.unregister("orders_total");
    Gauge.builder("orders").register(registry).set(5);
    final JsonObject third = poll(second);
    assertThat(names(third)).containsExactly("orders");
    assertThat(third.getAsJsonArray("gone").toString())
        .contains(Integer.toString(idOf(second, "PUT")));
  }

  @Test
  void shouldTellAFamilyAnewThatHadNoSeriesForAWhile() throws IOException {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(registry);
    orders.labelValues("GET").inc();
    final JsonObject before = poll("");
    orders.clear();
    final JsonObject between = poll(before);
    assertThat(between.getAsJsonArray("gone")).hasSize(1);
    assertThat(names(between)).isEmpty();

    orders.labelValues("PUT").inc();
    final JsonObject after = poll(between);
    assertThat(names(after)).containsExactly("orders");
    final int family = family(after);
    assertThat(family).isNotEqualTo(family(before));
    assertThat(after.getAsJsonArray("series").get(0).getAsJsonArray().get(1).getAsInt())
        .isEqualTo(family);
    // Who was not there in between has to forget the old one and learn the new one.
    final JsonObject late = poll(before);
    assertThat(names(late)).containsExactly("orders");
    assertThat(late.getAsJsonArray("gone")).isEqualTo(between.getAsJsonArray("gone"));
    assertThat(names(poll(after))).isEmpty();
  }

  @Test
  void shouldTellNothingOfAFamilyWithoutSeries() throws IOException {
    Counter.builder("orders_total").labelNames("method").register(registry);
    final JsonObject first = poll("");
    assertThat(names(first)).isEmpty();
    assertThat(names(poll(first))).isEmpty();
  }

  @Test
  void shouldWriteBoundsThatJsonHasNoNumberFor() throws IOException {
    final StringWriter out = new StringWriter();
    PollJson.family(
        new JsonWriter(out),
        new BoardFamily(
            7,
            FamilyDescriptor.builder(MetricType.HISTOGRAM, "latency")
                .bounds(Double.NEGATIVE_INFINITY, 0.5)
                .build(),
            1));
    assertThat(out.toString()).contains("\"id\":7", "\"bounds\":[\"-Inf\",0.5]");
  }

  @Test
  void shouldTellAllToWhoSawAnotherBoard() throws IOException {
    Gauge.builder("depth").register(registry).set(1);
    final JsonObject first = poll("");
    final String at = first.get("at").getAsString();
    for (final String seen :
        List.of(
            "", "since=", "since=x", "since=x.1", "since=x.y", "other=1", "since=" + at + "9")) {
      assertThat(poll(seen).get("full").getAsBoolean()).as("after '%s'", seen).isTrue();
    }
    assertThat(poll("since=" + at).get("full").getAsBoolean()).isFalse();
  }

  private JsonObject poll(final JsonObject before) throws IOException {
    return poll("since=" + before.get("at").getAsString());
  }

  private JsonObject poll(final String query) throws IOException {
    return JsonParser.parseString(polls.answer(Since.of(query))).getAsJsonObject();
  }

  private static List<String> names(final JsonObject poll) {
    return poll.getAsJsonArray("families").asList().stream()
        .map(family -> family.getAsJsonObject().get("name").getAsString())
        .filter(name -> !name.startsWith("narthex_"))
        .toList();
  }

  /** The number of the first family that is not the engine's own. */
  private static int family(final JsonObject poll) {
    for (final JsonElement family : poll.getAsJsonArray("families")) {
      if (!family.getAsJsonObject().get("name").getAsString().startsWith("narthex_")) {
        return family.getAsJsonObject().get("id").getAsInt();
      }
    }
    throw new AssertionError("no family in " + poll);
  }

  private static List<String> values(final JsonObject poll) {
    return poll.getAsJsonArray("values").asList().stream().map(JsonElement::toString).toList();
  }

  /** The number of the first new series whose labels have some text. */
  private static int idOf(final JsonObject poll, final String labels) {
    int own = 0;
    for (final JsonElement family : poll.getAsJsonArray("families")) {
      if (family.getAsJsonObject().get("name").getAsString().startsWith("narthex_")) {
        own = family.getAsJsonObject().get("id").getAsInt();
      }
    }
    for (final JsonElement element : poll.getAsJsonArray("series")) {
      final JsonArray series = element.getAsJsonArray();
      if (series.get(1).getAsInt() != own && series.get(2).toString().contains(labels)) {
        return series.get(0).getAsInt();
      }
    }
    throw new AssertionError("no series " + labels + " in " + poll);
  }
}
