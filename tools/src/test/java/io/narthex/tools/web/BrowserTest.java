package io.narthex.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.MetricsServer;
import io.narthex.tools.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader has it, in a real browser. */
@Timeout(120)
final class BrowserTest {
  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='taken'\"></div><script>document.title='taken'</script>";

  private static final String CURRENT =
      "document.getElementById(document.querySelector('#list').getAttribute('aria-activedescendant'))";

  @TempDir private Path directory;

  private Browser browser;
  private MetricRegistry service;
  private MetricRegistry registry;
  private MetricsServer server;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    browser = Browser.start(directory);
    final Path file = directory.resolve("orders.nx");
    service = MetricRegistry.create(MappedBackend.open(file));
    final MappedBackend viewer = MappedBackend.openReadOnly(file);
    registry = MetricRegistry.create(viewer);
    final WebPage page =
        new WebPage(registry, new OneFile(new ShownFile(file, "orders.nx", viewer)));
    server =
        MetricsServer.start(
            registry, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), page::around);
  }

  private record OneFile(ShownFile file) implements ShownFiles {
    @Override
    public List<ShownFile> files() {
      return List.of(file);
    }

    @Override
    public SortedMap<Path, String> skipped() {
      return new TreeMap<>();
    }
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
      registry.close();
      service.close();
    }
  }

  @Test
  void shouldShowValuesAsTheyChange() {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(service);
    final Gauge depth = Gauge.builder("queue_depth").register(service);
    orders.labelValues("GET").inc(3);
    depth.set(7);
    open();
    browser.await(value("GET") + " === '3'");
    browser.await(value("queue_depth") + " === '7'");

    orders.labelValues("GET").inc(1_234_567);
    depth.set(-2.5);
    orders.labelValues("PUT").inc();
    browser.await(value("GET") + " === '1,234,570'");
    browser.await(value("queue_depth") + " === '−2.5'");
    browser.await(value("PUT") + " === '1'");

    orders.remove("GET");
    browser.await("!document.querySelector('#list').innerText.includes('GET')");

    // Its rate falls back to nothing a while after the last one.
    orders.labelValues("PUT").inc(1000);
    browser.await(row("PUT") + ".querySelector('.rate').textContent.match(/[1-9].*\\/s$/)");
    browser.await(row("PUT") + ".querySelector('.rate').textContent === '0/s'");
    assertQuiet();
  }

  @Test
  void shouldShowAMetricAgainThatHadNoSeriesForAWhile() {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(service);
    orders.labelValues("GET").inc(3);
    open();
    browser.await(value("GET") + " === '3'");
    orders.remove("GET");
    browser.await("!document.querySelector('#list').innerText.includes('GET')");
    orders.labelValues("GET").inc(5);
    browser.await(value("GET") + " === '5'");
    orders.labelValues("GET").inc();
    browser.await(value("GET") + " === '6'");
    assertQuiet();
  }

  @Test
  void shouldLeaveALostSeriesAsItWas() {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(service);
    orders.labelValues("GET").inc(3);
    // Only the case of a letter tells it from the one that goes.
    orders.labelValues("get").inc(4);
    open();
    search("method=\"GET\"");
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    browser.click(".row.series:not([hidden])");
    browser.await(figures() + " === '3|0/s'");
    final String chart = "document.querySelector('.detail .chart').getAttribute('aria-label')";
    orders.remove("GET");
    browser.await("!document.querySelector('.detail .notice').hidden");
    final String last = browser.text(chart);
    assertThat(last).matches("Rate: 0/s at \\d\\d:\\d\\d:\\d\\d.*");
    search("");
    for (int i = 5; i < 8; i++) {
      orders.labelValues("get").inc();
      browser.await(value("get") + " === '" + i + "'");
    }
    assertThat(browser.text(figures())).isEqualTo("3|0/s");
    assertThat(browser.text(chart)).isEqualTo(last);
    assertThat(browser.text("document.querySelector('.detail .label .v').textContent"))
        .isEqualTo("GET");
    assertQuiet();
  }

  @Test
  void shouldDimWhatStandsStillInAnyUnit() {
    Counter.builder("sent_bytes_total").register(service).inc(5);
    Counter.builder("busy_seconds_total").register(service).inc(5);
    Counter.builder("orders_total").register(service).inc(5);
    open();
    for (final String name : List.of("sent_bytes", "busy_seconds", "orders")) {
      browser.await(row(name) + "?.classList.contains('still')");
    }
    assertQuiet();
  }

  @Test
  void shouldBeWalkedByKeyboard() throws IOException {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(service);
    orders.labelValues("GET").inc(3);
    orders.labelValues("PUT").inc(4);
    Counter.builder("visits_total").register(service).inc();
    open();
    search("method=");
    browser.await("document.querySelector('#found').textContent.startsWith('2 of ')");
    browser.text("document.querySelector('#list').focus()");
    assertThat(browser.text("document.querySelector('#list').role")).isEqualTo("tree");
    assertThat(current()).startsWith("orders_total");
    assertThat(current("aria-level")).isEqualTo("1");
    assertThat(current("aria-expanded")).isEqualTo("true");
    browser.press("ArrowDown");
    assertThat(current()).contains("GET");
    assertThat(current("role")).isEqualTo("treeitem");
    assertThat(current("aria-level")).isEqualTo("2");
    assertThat(current("aria-posinset") + " of " + current("aria-setsize")).isEqualTo("1 of 2");
    assertThat(current("aria-selected")).isEqualTo("false");
    assertThat(browser.text("document.querySelector('#detail').hidden")).isEqualTo("true");

    browser.press("Enter");
    assertThat(current("aria-selected")).isEqualTo("true");
    assertThat(browser.text("document.querySelector('#detail').hidden")).isEqualTo("false");
    assertThat(browser.text("document.querySelector('#detail').role")).isEqualTo("complementary");
    picture("keyboard");
    // Beside an open series the next one is shown at once.
    browser.press("ArrowDown");
    assertThat(browser.text("document.querySelector('.detail .label .v').textContent"))
        .isEqualTo("PUT");
    browser.press("Escape");
    assertThat(browser.text("document.querySelector('#detail').hidden")).isEqualTo("true");

    browser.press("ArrowLeft");
    assertThat(current()).startsWith("orders_total");
    browser.press("ArrowLeft");
    assertThat(current("aria-expanded")).isEqualTo("false");
    assertThat(labels()).isEmpty();
    browser.press("ArrowRight");
    assertThat(current("aria-expanded")).isEqualTo("true");
    browser.press("End");
    assertThat(current()).contains("PUT");
    browser.press(" ");
    assertThat(browser.text("document.querySelector('#detail').hidden")).isEqualTo("false");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("list");
    assertQuiet();
  }

  @Test
  void shouldKeepTheKeyboardsPlaceWhenItsSeriesIsRemoved() throws IOException {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(service);
    for (final String method : List.of("GET", "POST", "PUT")) {
      orders.labelValues(method).inc();
    }
    open();
    search("method=");
    browser.await("document.querySelector('#found').textContent.startsWith('3 of ')");
    browser.text("document.querySelector('#list').focus()");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    assertThat(current()).contains("POST");

    orders.remove("POST");
    browser.await("document.querySelector('#found').textContent.startsWith('2 of ')");
    assertThat(current()).contains("PUT");
    orders.remove("PUT");
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    assertThat(current()).contains("GET");
    assertQuiet();
  }

  @Test
  void shouldOpenADialogWhereThereIsLittleRoom() throws IOException {
    final Counter orders = Counter.builder("orders_total").labelNames("method").register(service);
    orders.labelValues("GET").inc(3);
    browser.look(390, 844, false);
    open();
    browser.await("document.querySelector('.row.series')");
    search("method=");
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    browser.text("document.querySelector('#list').focus()");
    browser.press("ArrowDown");
    browser.press("Enter");
    assertThat(browser.text("document.querySelector('#detail').role")).isEqualTo("dialog");
    assertThat(browser.text("document.querySelector('#detail').ariaModal")).isEqualTo("true");
    assertThat(browser.text("document.querySelector('#detail').ariaLabel"))
        .isEqualTo("orders_total method=GET");
    assertThat(browser.text("document.activeElement.className")).contains("close");
    assertThat(browser.text("document.querySelector('.pane').inert")).isEqualTo("true");
    picture("narrow-detail");
    browser.press("Escape");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("list");
    assertThat(browser.text("document.querySelector('.pane').inert")).isEqualTo("false");

    // As wide as that it is no dialog any more.
    browser.press("Enter");
    browser.look(1440, 900, false);
    browser.await("document.querySelector('#detail').role === 'complementary'");
    assertThat(browser.text("document.querySelector('.pane').inert")).isEqualTo("false");
    assertQuiet();
  }

  @Test
  void shouldFindSeriesByNameAndLabel() {
    final Counter orders =
        Counter.builder("orders_total").labelNames("method", "status").register(service);
    for (final String method : List.of("GET", "PUT")) {
      for (int status = 200; status < 300; status++) {
        orders.labelValues(method, Integer.toString(status)).inc();
      }
    }
    Gauge.builder("queue_depth").register(service).set(7);
    open();
    browser.await("document.querySelector('#found').textContent.endsWith(' series')");

    search("status=207");
    browser.await("document.querySelector('#found').textContent.startsWith('2 of ')");
    assertThat(labels()).isEqualTo("method=GET status=207|method=PUT status=207");
    search("orders_total{status=\"207\",method=\"PUT\"}");
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    assertThat(labels()).isEqualTo("method=PUT status=207");
    search("orders -method=get status=~\"^20[12]$\"");
    browser.await("document.querySelector('#found').textContent.startsWith('2 of ')");
    assertThat(labels()).isEqualTo("method=PUT status=201|method=PUT status=202");
    search("depth");
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    search("nothing like it");
    browser.await("!document.querySelector('#empty').hidden");
    browser.press("Escape");
    browser.await("document.querySelector('#found').textContent.match(/^\\d+ series$/)");
    assertThat(browser.text("document.querySelector('#search').value")).isEmpty();

    search("orders method=~\"(\"");
    browser.await("document.querySelector('#found').textContent.includes('regular expression')");
    assertThat(browser.text("document.querySelector('#search').getAttribute('aria-invalid')"))
        .isEqualTo("true");
    search("orders");
    browser.await("document.querySelector('#found').textContent.startsWith('200 of ')");
    browser.press("ArrowDown");
    browser.await("document.activeElement.id === 'list'");
    assertQuiet();
  }

  @Test
  void shouldShowHostileTextAsText() throws IOException {
    Counter.builder("orders_total")
        .help(HOSTILE)
        .labelNames("path")
        .register(service)
        .labelValues(HOSTILE)
        .inc();
    StateSet.builder("breaker").states(HOSTILE, "closed").register(service).set(HOSTILE);
    open();
    browser.await("document.querySelector('.row.series .label .v')");
    assertThat(browser.text("document.querySelector('.row.series .label .v').textContent"))
        .isEqualTo(HOSTILE);
    browser.click(".row.series");
    browser.await("document.querySelector('.detail .label .v')");
    assertThat(browser.text("document.querySelector('.detail .label .v').textContent"))
        .isEqualTo(HOSTILE);
    browser.await(value("breaker") + " === " + quoted(HOSTILE));
    search(HOSTILE);
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    picture("hostile");
    assertThat(browser.text("document.querySelectorAll('img').length")).isEqualTo("0");
    assertThat(browser.text("document.querySelectorAll('body script').length")).isEqualTo("0");
    assertThat(browser.text("document.title")).isEqualTo("orders.nx · Narthex");
    assertQuiet();
  }

  @Test
  void shouldStayUsableWithTenThousandSeries() throws IOException {
    final Counter orders =
        Counter.builder("orders_total").labelNames("path", "status").register(service);
    for (int i = 0; i < 10_000; i++) {
      orders.labelValues("/orders/" + i, "200").inc(i);
    }
    open();
    browser.await("document.querySelector('#count-series').textContent.startsWith('10')");
    // What is out of sight does not exist.
    assertThat(Integer.parseInt(browser.text("document.querySelectorAll('*').length")))
        .isLessThan(3000);
    browser.text("(document.querySelector('#list').scrollTop = 1e9)");
    browser.await("document.querySelector('#list').innerText.includes('/orders/9999')");
    orders.labelValues("/orders/9999", "200").inc();
    browser.await(row("/orders/9999") + ".querySelector('.value').textContent === '10,000'");
    picture("ten-thousand");
    search("path=/orders/4711");
    browser.await("document.querySelector('#found').textContent.startsWith('1 of ')");
    assertQuiet();
  }

  @Test
  void shouldDrawHistogramsInLightAndDark() throws IOException {
    final Histogram latency =
        Histogram.builder("latency_seconds").labelNames("path").register(service);
    final Thread load =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                latency.labelValues("/").observe(0.02);
                latency.labelValues("/").observe(0.3);
              }
            });
    load.setDaemon(true);
    load.start();
    try {
      browser.look(1440, 900, true);
      open();
      browser.await("document.querySelector('.row.series')");
      browser.click(".row.series");
      browser.await("document.querySelector('.detail .figure').textContent.endsWith(' ms')");
      browser.await(pixelsOf("--heat") + " > 0");
      assertThat(browser.text("document.querySelector('.detail .chart').ariaLabel"))
          .matches("Buckets over time: p50 .+ ms, p90 .+ ms, p99 .+ ms");
      picture("histogram-dark");
      final String dark = background();
      browser.look(1440, 900, false);
      browser.await(pixelsOf("--heat") + " > 0");
      picture("histogram-light");
      final String light = background();
      assertThat(dark).isEqualTo("rgb(18, 20, 24)");
      assertThat(light).isEqualTo("rgb(246, 246, 244)");

      // The reader's own choice beats the system's, and stays.
      browser.click("#theme");
      browser.click("#theme");
      assertThat(background()).isEqualTo(dark);
      assertThat(browser.text("document.querySelector('#theme').ariaLabel"))
          .isEqualTo("Theme: dark");
      open();
      assertThat(background()).isEqualTo(dark);
      assertQuiet();
    } finally {
      load.interrupt();
    }
  }

  @Test
  void shouldTellTheLivingFromTheDead() throws Exception {
    Gauge.builder("busy").mode(GaugeMode.LIVE_SUM).register(service).set(1);
    try (ChildProcess victim =
        ChildProcess.java(Victim.class, directory.resolve("orders.nx").toString())) {
      victim.awaitLine("counting");
      open();
      browser.click("a[data-view=processes]");
      browser.await("document.querySelectorAll('tr.alive').length === 2");
      assertThat(browser.text("document.querySelector('.processes').innerText"))
          .contains(Long.toString(victim.pid()))
          .contains(Long.toString(ProcessHandle.current().pid()));
      victim.kill();
      browser.await("document.querySelectorAll('tr.dead').length === 1");
      assertThat(browser.text("document.querySelector('tr.dead .pid').textContent"))
          .isEqualTo(Long.toString(victim.pid()));
      browser.await("document.querySelector('#count-processes').textContent === '1 + 1 dead'");

      picture("processes");
      // What stays is not made anew, so that it can be selected and copied.
      browser.text("(window.kept = document.querySelector('tr.dead'))");
      pass(2);
      assertThat(browser.text("window.kept.isConnected")).isEqualTo("true");
      browser.click("a[data-view=files]");
      browser.await("document.querySelector('#view-files h2')");
      assertThat(browser.text("document.querySelector('#view-files').innerText"))
          .contains("orders.nx", "4 MiB", "Index", "Records", "Cells", "May grow to");
      picture("files");
      browser.text("(window.kept = document.querySelector('#view-files h2'))");
      pass(2);
      assertThat(browser.text("window.kept.isConnected")).isEqualTo("true");
      assertQuiet();
    }
  }

  /** Counts until it is killed. */
  static final class Victim {
    private Victim() {}

    public static void main(final String... args) throws IOException {
      final MetricRegistry registry = MetricRegistry.create(MappedBackend.open(Path.of(args[0])));
      Gauge.builder("busy").mode(GaugeMode.LIVE_SUM).register(registry).set(1);
      System.out.println("counting");
      // Also ends when its parent does.
      while (System.in.read() >= 0) {
        // On.
      }
    }
  }

  private void open() {
    browser.open("http://127.0.0.1:" + server.port() + "/");
    browser.await("document.body.dataset.state === 'live'");
  }

  /** Waits until the page has got that many answers more. */
  private void pass(final int polls) {
    browser.text(
        "(window.before = performance.getEntriesByType('resource')"
            + ".filter(one => one.name.includes('/api/poll')).length)");
    browser.await(
        "performance.getEntriesByType('resource')"
            + ".filter(one => one.name.includes('/api/poll')).length >= window.before + "
            + polls);
  }

  private static String figures() {
    return "[...document.querySelectorAll('.detail .figure')].map(one => one.textContent).join('|')";
  }

  /** The text of the row that the keyboard is at. */
  private String current() {
    return browser.text(CURRENT + ".textContent");
  }

  private String current(final String attribute) {
    return browser.text(CURRENT + ".getAttribute('" + attribute + "')");
  }

  private void search(final String text) {
    browser.text(
        "(document.querySelector('#search').focus(), document.querySelector('#search').select())");
    browser.type(text);
  }

  private String labels() {
    return browser.text(
        "[...document.querySelectorAll('.row.series')].filter(row => !row.hidden)"
            + ".sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)"
            + ".map(row => row.title).join('|')");
  }

  /** The row that has some text, as an expression. */
  private static String row(final String text) {
    return "[...document.querySelectorAll('.row')].find(row => !row.hidden && row.textContent.includes("
        + quoted(text)
        + "))";
  }

  private static String value(final String text) {
    return row(text) + "?.querySelector('.value')?.textContent";
  }

  private static String quoted(final String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private String background() {
    return browser.text("getComputedStyle(document.body).backgroundColor");
  }

  /** How many pixels of the heat map come near a colour, as an expression. */
  private static String pixelsOf(final String property) {
    return "(() => {const p = document.createElement('span'); p.style.color = 'var("
        + property
        + ")'; document.body.append(p); const c = getComputedStyle(p).color.match(/\\d+/g).map(Number);"
        + " p.remove(); const canvas = document.querySelector('.detail canvas');"
        + " const copy = new OffscreenCanvas(canvas.width, canvas.height)"
        + ".getContext('2d', {willReadFrequently: true}); copy.drawImage(canvas, 0, 0);"
        + " const d = copy.getImageData(0, 0, canvas.width, canvas.height).data;"
        + " let n = 0; for (let i = 0; i < d.length; i += 4)"
        + " if (d[i + 3] > 200 && Math.abs(d[i] - c[0]) + Math.abs(d[i + 1] - c[1]) + Math.abs(d[i + 2] - c[2]) < 30) n++;"
        + " return n})()";
  }

  private void assertQuiet() {
    assertThat(browser.console()).as("the console").isEmpty();
  }

  /** Keeps what the test sees for those who want to see it too. */
  private void picture(final String name) throws IOException {
    final Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(pictures.resolve(name + ".png"), browser.picture());
  }
}
