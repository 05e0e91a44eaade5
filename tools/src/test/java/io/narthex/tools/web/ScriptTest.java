package io.narthex.tools.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import io.narthex.exposition.MetricsServer;
import io.narthex.tools.text.Quantiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's modules one by one, in a real browser, but without the page. */
@Timeout(120)
final class ScriptTest {
  private static final Gson GSON = new Gson();

  /** A store after an answer, whose series are a counter for each of some label values. */
  private static final String STORE =
      """
      const {Store, Series, increase, HISTORY} = await import('/ui/store.js');
      const store = new Store();
      let turn = 0;
      const poll = (seconds, more) => store.apply({at: `b.${++turn}`, full: false, now_ms: 0,
        taken_ms: 1000 * seconds, families: [], series: [], gone: [], values: [], files: [],
        skipped: [], ...more});
      const orders = {id: 1, sample: 'orders_total', name: 'orders', type: 'counter'};
      """;

  @TempDir private static Path directory;

  private static Browser browser;
  private static MetricRegistry registry;
  private static MetricsServer server;

  private static final class NoFiles implements ShownFiles {
    @Override
    public List<ShownFile> files() {
      return List.of();
    }

    @Override
    public SortedMap<Path, String> skipped() {
      return new TreeMap<>();
    }
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(directory);
    registry = MetricRegistry.create(HeapBackend.create());
    server =
        MetricsServer.start(
            registry,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new WebPage(registry, new NoFiles())::around);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
      registry.close();
    }
  }

  /** A page with nothing on it, of the same origin. */
  @BeforeEach
  void open() {
    browser.open("http://127.0.0.1:" + server.port() + "/-/healthy");
  }

  /** What a quantile is estimated from. */
  private static final class Case {
    final double q;
    final double[] bounds;
    final long[] counts;

    Case(final double q, final double[] bounds, final long... counts) {
      this.q = q;
      this.bounds = bounds;
      this.counts = counts;
    }
  }

  @Test
  void shouldEstimateQuantilesAsTheCommandsDo() {
    final List<Case> cases = new ArrayList<>();
    for (final double q : new double[] {0, 0.01, 0.5, 0.9, 0.99, 1}) {
      cases.add(new Case(q, new double[] {1, 2, 4}, 0, 0, 0, 0));
      cases.add(new Case(q, new double[] {1, 2, 4}, 10, 0, 0, 0));
      cases.add(new Case(q, new double[] {1, 2, 4}, 0, 10, 0, 0));
      cases.add(new Case(q, new double[] {1, 2, 4}, 0, 5, 0, 5));
      cases.add(new Case(q, new double[] {1, 2, 4}, 3, 1, 7, 2));
      cases.add(new Case(q, new double[] {1, 2, 4}, 0, 0, 0, 10));
      cases.add(new Case(q, new double[] {-2, 0, 4}, 4, 4, 4, 4));
      cases.add(new Case(q, new double[] {0, 4}, 4, 4, 0));
      cases.add(new Case(q, new double[] {}, 4));
    }
    final JsonElement found =
        browser.run(
            """
            const {quantile} = await import('/ui/quantile.js');
            return %s.map(({q, bounds, counts}) => {
              const value = quantile(q, counts, bounds)?.value ?? NaN;
              return Number.isNaN(value) ? null : value;
            });
            """
                .formatted(GSON.toJson(cases)));
    for (int i = 0; i < cases.size(); i++) {
      final Case one = cases.get(i);
      final double expected = Quantiles.estimate(one.q, one.bounds, one.counts);
      final JsonElement value = found.getAsJsonArray().get(i);
      if (Double.isNaN(expected)) {
        assertThat(value.isJsonNull()).as(GSON.toJson(one)).isTrue();
      } else {
        assertThat(value.getAsDouble()).as(GSON.toJson(one)).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void shouldWriteNumbersAsPeopleReadThem() {
    final String[][] cases = {
      {"number(0)", "0"},
      {"number(-2.5)", "−2.5"},
      {"number(1234567)", "1,234,567"},
      {"number(0.12345)", "0.1235"},
      {"number(1e15)", "1.00e+15"},
      {"number(2e-5)", "2.00e-5"},
      {"number(NaN)", "NaN"},
      {"number(Infinity)", "+Inf"},
      {"number(-Infinity)", "−Inf"},
      {"compact(9999)", "9,999"},
      {"compact(12345)", "12.3k"},
      {"compact(-1500000)", "−1.50M"},
      {"compact(0.5)", "0.500"},
      {"compact(0.9999)", "1.00"},
      {"compact(9.996)", "10.0"},
      {"bytes(0)", "0 B"},
      {"bytes(1023)", "1023 B"},
      {"bytes(1536)", "1.50 KiB"},
      {"bytes(4 * 2 ** 20)", "4 MiB"},
      {"bytes(-2048)", "−2 KiB"},
      {"seconds(0)", "0 s"},
      {"seconds(2.5e-7)", "250 ns"},
      {"seconds(0.00025)", "250 µs"},
      {"seconds(0.0125)", "12.5 ms"},
      {"seconds(59.94)", "59.9 s"},
      {"seconds(3725)", "1 h 2 min"},
      {"seconds(-3725)", "−1 h 2 min"},
      {"span(0.4)", "0 s"},
      {"span(61)", "1 min 1 s"},
      {"span(86400)", "1 d"},
      {"measured(0.256, 'ratio')", "25.6 %"},
      {"measured(21.5, 'celsius')", "21.5 °C"},
      {"bound(0.005, 'seconds')", "5 ms"},
      {"bound(2.5, 'seconds')", "2.5 s"},
      {"bound(10, '')", "10"},
      {"perSecond(0, '')", "0/s"},
      {"perSecond(0, 'bytes')", "0 B/s"},
      {"perSecond(null, '')", "–"},
      {"unitOf({name: 'queue_bytes', unit: ''})", "bytes"},
      {"unitOf({name: 'kilobytes', unit: ''})", ""},
      {"unitOf({name: 'x_seconds', unit: 'bytes'})", "bytes"},
    };
    final StringBuilder script = new StringBuilder(2000);
    script.append(
        "const {number, compact, bytes, seconds, span, measured, bound, perSecond, unitOf} ="
            + " await import('/ui/format.js'); return [");
    for (final String[] one : cases) {
      script.append(one[0]).append(',');
    }
    final JsonArray found = browser.run(script.append("];").toString()).getAsJsonArray();
    for (int i = 0; i < cases.length; i++) {
      assertThat(found.get(i).getAsString()).as(cases[i][0]).isEqualTo(cases[i][1]);
    }
  }

  @Test
  void shouldFindWhatTheLineSays() {
    final String[][] cases = {
      {"", "GET 200|GET 500|PUT 200"},
      {"orders", "GET 200|GET 500|PUT 200"},
      {"get", "GET 200|GET 500"},
      {"method=get", "GET 200|GET 500"},
      {"method=\"get\"", ""},
      {"method=\"GET\"", "GET 200|GET 500"},
      {"status=5", "GET 500"},
      {"status!=5", "GET 200|PUT 200"},
      {"-put 200", "GET 200"},
      {"-status=200", "GET 500"},
      {"status=~\"^2\"", "GET 200|PUT 200"},
      {"status!~\"^2\"", "GET 500"},
      {"status=~\"(\"", "GET 200|GET 500|PUT 200"},
      {"-status=~\"(\"", "GET 200|GET 500|PUT 200"},
      {"orders_total{method=\"GET\",status=\"500\"}", "GET 500"},
      {"__name__=\"orders_total\"", "GET 200|GET 500|PUT 200"},
      {"none=\"\"", "GET 200|GET 500|PUT 200"},
      {"nothing", ""},
    };
    final List<String> lines = new ArrayList<>();
    for (final String[] one : cases) {
      lines.add(one[0]);
    }
    final JsonArray found =
        browser
            .run(
                """
                const {Series} = await import('/ui/store.js');
                const {matcher} = await import('/ui/search.js');
                const family = {sample: 'orders_total', type: 'counter'};
                const all = [['GET', '200'], ['GET', '500'], ['PUT', '200']].map(
                  ([method, status], i) => new Series(i, family, {method, status}));
                return %s.map((line) => all.filter(matcher(line))
                  .map((one) => one.labels.map(([, value]) => value).join(' ')).join('|'));
                """
                    .formatted(GSON.toJson(lines)))
            .getAsJsonArray();
    for (int i = 0; i < cases.length; i++) {
      assertThat(found.get(i).getAsString()).as(cases[i][0]).isEqualTo(cases[i][1]);
    }
  }

  @Test
  void shouldKeepWhatItIsTold() {
    final JsonElement found =
        browser.run(
            STORE
                + """
                poll(0, {full: true, families: [orders,
                    {id: 9, sample: 'wait', name: 'wait', type: 'histogram', bounds: ['-Inf', 1]}],
                  series: [[2, 1, {method: 'GET'}], [3, 9, {}]], values: [[2, 10], [3, 4.5, [1, 2, 3]]]});
                const get = store.series.get(2);
                const told = [store.series.get(3).value, store.series.get(3).sum,
                  store.families.get(9).bounds[0] === -Infinity, store.families.get(1).help];
                const rates = [store.rate(get)];
                for (const [seconds, value] of [[1, 12], [2, 14], [3, 1]]) {
                  poll(seconds, {values: [[2, value]]});
                  rates.push(store.rate(get));
                }
                const line = store.line(get);
                poll(4, {gone: [2]});
                const left = [store.series.size, store.families.has(1)];
                poll(5, {families: [{...orders, id: 5}], series: [[6, 5, {method: 'GET'}]],
                  values: [[6, '+Inf']]});
                const again = store.series.get(6);
                return {told, rates, line, left, again: [again.value === Infinity, again.isSame(get),
                  again.isSame(new Series(7, orders, {method: 'get'})),
                  again.isSame(new Series(8, {sample: 'visits_total'}, {method: 'GET'}))],
                  increase: [increase(3, 5), increase(5, 3)]};
                """);
    assertThat(found.toString())
        .isEqualTo(
            "{\"told\":[6,4.5,true,\"\"],\"rates\":[null,2,2,1.6666666666666667],"
                + "\"line\":[[0,1,2,3],[null,2,2,1]],\"left\":[1,false],"
                + "\"again\":[true,true,false,false],\"increase\":[2,3]}");
  }

  @Test
  void shouldForgetTheOldest() {
    final JsonElement found =
        browser.run(
            STORE
                + """
                poll(0, {full: true, families: [orders], series: [[2, 1, {}]], values: [[2, 0]]});
                for (let i = 1; i < 3 * HISTORY; i++) {
                  poll(i, {values: [[2, 7 * i]]});
                }
                const [xs, ys] = store.line(store.series.get(2));
                return [xs.length === HISTORY, xs[0] === 2 * HISTORY, ys[1], ys.at(-1)];
                """);
    assertThat(found.toString()).isEqualTo("[true,true,7,7]");
  }

  /** A feed whose server is a function, and what it asked, took and told. */
  private static final String FEED =
      """
      const {Feed} = await import('/ui/feed.js');
      const asked = [], patience = [], told = [], taken = [];
      let answer = () => ({at: `b.${asked.length}`});
      AbortSignal.timeout = (millis) => (patience.push(millis), new AbortController().signal);
      window.fetch = async (url) => {
        asked.push(url.split('since=')[1]);
        const body = await answer();
        return {ok: true, json: async () => body};
      };
      let fault = null;
      const feed = new Feed((one) => {
        if (fault) { const e = fault; fault = null; throw e; }
        taken.push(one.at);
      }, (what, why) => told.push(why ? `${what}: ${why}` : what));
      const until = async (test) => { while (!test()) await new Promise((go) => setTimeout(go, 10)); };
      """;

  @Test
  void shouldAskForEverythingAfterAFault() {
    final JsonElement found =
        browser.run(
            FEED
                + """
                console.error = () => {};
                feed.start();
                await until(() => taken.length === 1);
                fault = new TypeError('no such family');
                await until(() => taken.length === 2);
                feed.paused = true;
                return {asked, taken, told, patience};
                """);
    assertThat(found.toString())
        .isEqualTo(
            "{\"asked\":[\"\",\"b.1\",\"\"],\"taken\":[\"b.1\",\"b.3\"],"
                + "\"told\":[\"live\",\"lost: fault in the page: no such family\",\"live\",\"paused\"],"
                + "\"patience\":[60000,5000,60000]}");
  }

  @Test
  void shouldSayNothingOfAPollThatAPauseOvertook() {
    final JsonElement found =
        browser.run(
            FEED
                + """
                let refuse, give;
                answer = () => new Promise((_, no) => { refuse = no; });
                feed.start();
                await until(() => refuse);
                feed.paused = true;
                refuse(new TypeError('network'));
                await new Promise((go) => setTimeout(go, 50));
                const paused = [...told];
                answer = () => new Promise((yes) => { give = yes; });
                feed.paused = false;
                await until(() => give);
                give({at: 'b.9'});
                await until(() => taken.length === 1);
                feed.paused = true;
                return {paused, told, asked};
                """);
    assertThat(found.toString())
        .isEqualTo(
            "{\"paused\":[\"paused\"],\"told\":[\"paused\",\"live\",\"paused\"],"
                + "\"asked\":[\"\",\"\"]}");
  }

  @Test
  void shouldBePatientWithWhatIsSlow() {
    final JsonElement found =
        browser.run(
            FEED
                + """
                feed.start();
                await until(() => taken.length === 1);
                answer = () => { throw new DOMException('slow', 'TimeoutError'); };
                await until(() => asked.length === 3);
                feed.paused = true;
                return {patience, told, asked};
                """);
    assertThat(found.toString())
        .isEqualTo(
            "{\"patience\":[60000,5000,10000],\"told\":[\"live\",\"lost\",\"lost\",\"paused\"],"
                + "\"asked\":[\"\",\"b.1\",\"b.1\"]}");
  }
}
