package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file that another program truncates, where no access to it fails. */
final class TruncatedFileTest {
  private static final String REQUESTS = "requests_total{to=\"a\"} 7.0";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file = directory.resolve("view.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      requests(registry).inc(7);
    }
  }

  private static Counter requests(final MetricRegistry registry) {
    return Counter.builder("requests").labelNames("to").register(registry).labelValues("a");
  }

  private MetricRegistry viewer() {
    return MetricRegistry.create(MappedBackend.openReadOnly(file));
  }

  private byte[] otherFile() throws IOException {
    final Path other = directory.resolve("other.nx");
    try (MetricRegistry writer = MetricRegistry.create(MappedBackend.open(other))) {
      Counter.builder("others").register(writer).inc(3);
    }
    return Files.readAllBytes(other);
  }

  @Test
  void shouldRefuseWhateverIsReadOfAFileThatLacksASingleByte() throws IOException {
    assertRefusedWhenCut(Files.size(file) - 1, (backend, registry, requests) -> page(registry));
    assertRefusedWhenCut(
        Files.size(file) - 1, (backend, registry, requests) -> backend.processes());
    assertRefusedWhenCut(
        Files.size(file) - 1, (backend, registry, requests) -> requests.labelValues("a").value());
    assertRefusedWhenCut(
        Files.size(file) - 1,
        (backend, registry, requests) -> Counter.builder("others").register(registry));
    assertRefusedWhenCut(
        Files.size(file) - 1, (backend, registry, requests) -> requests.labelValues("new"));
  }

  /** The page of memory stays mapped, so no access fails: its end just reads as zeros. */
  private void assertRefusedWhenCut(final long length, final Read read) throws IOException {
    final byte[] whole = Files.readAllBytes(file);
    try (MappedBackend backend = MappedBackend.openReadOnly(file);
        MetricRegistry registry = MetricRegistry.create(backend)) {
      final Counter requests = Counter.builder("requests").labelNames("to").register(registry);
      assertThat(requests.labelValues("a").value()).isEqualTo(7);
      truncate(length);
      assertRefused(() -> read.of(backend, registry, requests));
    }
    Files.write(file, whole);
  }

  @Test
  void shouldShowWhatWasCopiedOverAFileThatWasFoundTruncated() throws Exception {
    final byte[] other = otherFile();
    try (MetricRegistry registry = viewer()) {
      final Counter requests = requests(registry);
      assertThat(page(registry)).contains(REQUESTS);
      truncate(0);
      assertRefused(() -> page(registry));
      Files.write(file, other);
      assertThat(awaitPage(registry, "others_total 3.0")).doesNotContain("requests");
      // What stands where it was is another series of the other file, or none.
      assertOverwritten(requests::value);
    }
  }

  private void assertOverwritten(final ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("another file was copied over " + file);
  }

  @Test
  void shouldNotReadAnotherFileByHandlesThatOutlivedATruncationBefore() throws Exception {
    final byte[] other = otherFile();
    final byte[] whole = Files.readAllBytes(file);
    try (MetricRegistry registry = viewer()) {
      final Counter requests = requests(registry);
      truncate(0);
      assertRefused(() -> page(registry));
      Files.write(file, whole);
      awaitPage(registry, REQUESTS);
      truncate(0);
      assertRefused(() -> page(registry));
      Files.write(file, other);
      awaitPage(registry, "others_total 3.0");
      assertOverwritten(requests::value);
    }
  }

  @Test
  void shouldNotReadAnotherFileByHandlesThoughNobodyAsksForAPage() throws IOException {
    final byte[] other = otherFile();
    try (MetricRegistry registry = viewer()) {
      final Counter requests = requests(registry);
      truncate(0);
      assertRefused(requests::value);
      Files.write(file, other);
      assertOverwritten(requests::value);
    }
  }

  @Test
  void shouldNotThrowFromHandlesOfAnOverwrittenFileWhenItIsClosed() throws Exception {
    final byte[] other = otherFile();
    final MetricRegistry registry = viewer();
    final Counter requests = Counter.builder("requests").labelNames("to").register(registry);
    final Counter first = requests.labelValues("a");
    truncate(0);
    assertRefused(() -> page(registry));
    Files.write(file, other);
    awaitPage(registry, "others_total 3.0");
    registry.close();
    assertThat(first.value()).isZero();
    assertThat(requests.labelValues("new").value()).isZero();
  }

  @Test
  void shouldSpoilWhatIsShownWhenAHandleOfAnEarlierLookFindsItTruncated() throws IOException {
    final byte[] whole = Files.readAllBytes(file);
    final MappedStore earlier = MappedStore.open(file, false);
    final MappedStore shown = MappedStore.open(file, false);
    try {
      shown.guard().follow(earlier.guard());
      earlier.close();
      truncate(0);
      assertRefused(() -> earlier.guard().read(() -> "something", null));
      Files.write(file, whole);
      assertThat(earlier.guard().<String, RuntimeException>read(() -> "some", null)).isNotEmpty();
      assertRefused(() -> shown.guard().readAll(() -> "all"));
    } finally {
      shown.close();
    }
  }

  @Test
  void shouldRefuseAMetricOfAFileThatMayBeAnotherOneByNow() throws Exception {
    final byte[] other = otherFile();
    final byte[] whole = Files.readAllBytes(file);
    boolean inTime = false;
    for (int attempt = 0; !inTime && attempt < 20; attempt++) {
      Files.write(file, whole);
      inTime = isMetricRefused(other);
    }
    assertThat(inTime).as("the viewer has looked at the file again each time").isTrue();
  }

  /** False if so much time passed that the viewer may have looked at the file again. */
  private boolean isMetricRefused(final byte[] other) throws Exception {
    final long begin = System.nanoTime();
    try (MetricRegistry registry = viewer()) {
      truncate(0);
      assertRefused(() -> page(registry));
      Files.write(file, other);
      final Throwable thrown = catchThrowable(() -> Counter.builder("others").register(registry));
      if (System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(FileWatch.MILLIS)) {
        return false;
      }
      assertThat(thrown).isInstanceOf(NarthexException.class).hasMessageContaining("truncated");
      awaitPage(registry, "others_total 3.0");
      assertThat(Counter.builder("others").register(registry).value()).isEqualTo(3);
      return true;
    }
  }

  @Test
  void shouldRefuseHandlesOfATruncatedFileThatWasReplaced() throws Exception {
    final Path other = directory.resolve("new.nx");
    Files.write(other, otherFile());
    try (MetricRegistry registry = viewer()) {
      final Counter requests = requests(registry);
      truncate(Files.size(file) - 1);
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      awaitPage(registry, "others_total 3.0");
      assertRefused(requests::value);
    }
  }

  @Test
  void shouldAskForAMetricAnewThatAReplacedFileHad() throws Exception {
    final Path other = directory.resolve("new.nx");
    Files.write(other, otherFile());
    final MetricRegistry registry = viewer();
    final Counter requests = Counter.builder("requests").labelNames("to").register(registry);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    awaitPage(registry, "others_total 3.0");
    assertThat(requests.labelValues("a").value()).as("what the old file has").isEqualTo(7);
    assertAskedAnew(() -> requests.labelValues("new"));
    assertThatThrownBy(() -> requests.labelValues("a").inc()).hasMessageContaining("openReadOnly");
    assertThatThrownBy(() -> requests.remove("a")).hasMessageContaining("openReadOnly");
    registry.close();
    assertThat(requests.labelValues("new").value()).isZero();
    requests.labelValues("a").inc();
    assertThat(requests.labelValues("a").value()).as("what the old file has").isEqualTo(7);
  }

  @Test
  void shouldReadKeptHandlesAgainWhenTheFileIsWholeAgain() throws Exception {
    final byte[] whole = Files.readAllBytes(file);
    try (MetricRegistry registry = viewer()) {
      final Counter requests = requests(registry);
      truncate(0);
      assertRefused(requests::value);
      assertRefused(() -> page(registry));
      Files.write(file, whole);
      assertThat(requests.value()).isEqualTo(7);
      awaitPage(registry, REQUESTS);
      assertThat(requests.value()).isEqualTo(7);
      truncate(0);
      assertRefused(requests::value);
    }
  }

  @Test
  void shouldAskForAMetricAnewThatAFileHadBeforeItWasTruncated() throws Exception {
    final byte[] whole = Files.readAllBytes(file);
    final MetricRegistry registry = viewer();
    final Counter requests = Counter.builder("requests").labelNames("to").register(registry);
    truncate(0);
    assertRefused(() -> page(registry));
    Files.write(file, whole);
    awaitPage(registry, REQUESTS);
    assertThat(requests.labelValues("a").value()).isEqualTo(7);
    // Not zero for ever, whatever is counted later.
    assertAskedAnew(() -> requests.labelValues("new"));
    registry.close();
    assertThat(requests.labelValues("new").value()).isZero();
  }

  @Test
  void shouldNotThrowFromKeptHandlesWhenItIsClosed() throws IOException {
    final MetricRegistry registry = viewer();
    final Counter requests = requests(registry);
    truncate(Files.size(file) - 1);
    assertRefused(() -> page(registry));
    registry.close();
    assertThat(requests.value()).isZero();
    assertRefused(() -> page(registry));
  }

  @Test
  void shouldShowWhatWasNotMappedAsYetWhenTheFileIsWholeAgain() throws Exception {
    final long before = Files.size(file);
    try (MetricRegistry registry = viewer()) {
      assertThat(page(registry)).contains(REQUESTS);
      try (MetricRegistry writer = MetricRegistry.create(MappedBackend.open(file))) {
        final Counter many = Counter.builder("many").labelNames("n").register(writer);
        for (int n = 0; n < 50_000; n++) {
          many.labelValues("n" + n).inc();
        }
      }
      final byte[] whole = Files.readAllBytes(file);
      assertThat(whole.length).isGreaterThan((int) before);
      truncate(before);
      assertThat(page(registry)).contains(REQUESTS).doesNotContain("n49999");
      Files.write(file, whole);
      awaitPage(registry, "many_total{n=\"n49999\"} 1.0");
    }
  }

  @Test
  void shouldNotTouchWhatIsGone() throws IOException {
    try (MetricRegistry registry = viewer()) {
      truncate(0);
      assertRefused(() -> page(registry)).hasNoCause();
    }
  }

  @Test
  void shouldNotGrowWhatWasTruncated() throws IOException {
    try (MetricRegistry writer = MetricRegistry.create(MappedBackend.open(file))) {
      final Counter many = Counter.builder("many").labelNames("n").register(writer);
      final long length = Files.size(file) - 1;
      truncate(length);
      for (int n = 0; n < 100_000; n++) {
        many.labelValues("n" + n).inc();
      }
      // What would be behind the hole would look like a whole file of zeros.
      assertThat(Files.size(file)).isEqualTo(length);
      assertThat(many.labelValues("__overflow__").value()).isPositive();
    }
  }

  @Test
  void shouldShowAFileToAnInterruptedThread() throws IOException {
    try (MetricRegistry registry = viewer()) {
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        assertThat(page(registry)).contains(REQUESTS);
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void shouldShowWhatThereWasWhenItIsClosed() throws IOException {
    final MetricRegistry registry = viewer();
    registry.close();
    assertThat(page(registry)).contains(REQUESTS);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      final ThrowingCallable reading) {
    return assertThatThrownBy(reading)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("truncated");
  }

  private static void assertAskedAnew(final ThrowingCallable asking) {
    assertThatThrownBy(asking)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("opened anew")
        .hasMessageContaining("register it again");
  }

  @FunctionalInterface
  private interface Read {
    void of(MappedBackend backend, MetricRegistry registry, Counter requests) throws IOException;
  }

  private void truncate(final long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /** A viewer looks once a second whether there is more to be seen. */
  private static String awaitPage(final MetricRegistry registry, final String part)
      throws Exception {
    for (int attempt = 0; true; attempt++) {
      try {
        final String page = page(registry);
        if (page.contains(part) || attempt == 100) {
          assertThat(page).contains(part);
          return page;
        }
      } catch (final NarthexException e) {
        if (attempt == 100) {
          throw e;
        }
      }
      Thread.sleep(100);
    }
  }

  private static String page(final MetricRegistry registry) throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(registry, page);
    return page.toString(StandardCharsets.UTF_8);
  }
}
