package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricConflictException;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.StateSet;
import io.narthex.backend.Backend;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.LoggedMessages;
import io.narthex.backend.MetricType;
import io.narthex.backend.Seen;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the mapped backend does beyond the contract of all backends: it has a file. */
final class MappedBackendTest {
  @TempDir private Path directory;
  private Path file;
  private MetricRegistry registry;
  private Counter jobs;

  @BeforeEach
  void open() {
    file = directory.resolve("app.nx");
    registry = MetricRegistry.create(MappedBackend.open(file));
    jobs = jobs(registry);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private static Opener keeping(final Path path) {
    return new Opener(
        path,
        new MappedOptions(512 << 10, 4, 1 << 20),
        new Lifecycle(WhenUnused.KEEP, WhenIncompatible.FAIL));
  }

  private static Counter jobs(final MetricRegistry registry) {
    return Counter.builder("jobs").help("Jobs.").labelNames("queue").register(registry);
  }

  @Test
  void shouldKeepValuesWhenFileIsOpenedAgain() {
    jobs.labelValues("mail").inc(7);
    jobs.labelValues("mail").inc(0.25);
    registry.close();
    registry = MetricRegistry.create(MappedBackend.open(file));
    assertThat(jobs(registry).labelValues("mail").value()).isEqualTo(7.25);
  }

  @Test
  void shouldMeterItself() {
    jobs.labelValues("mail").inc();
    jobs.remove("mail");
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      final Map<String, Double> own = new TreeMap<>();
      viewer.visit(new OwnValues(own));
      assertThat(own.keySet())
          .containsExactly(
              "narthex_bad_records",
              "narthex_file_replaced",
              "narthex_free_bytes",
              "narthex_overflowed_label_sets",
              "narthex_processes_alive",
              "narthex_series",
              "narthex_used_bytes",
              "narthex_wasted_bytes");
      assertThat(own)
          .containsEntry("narthex_bad_records", 0.0)
          .containsEntry("narthex_overflowed_label_sets", 0.0)
          .containsEntry("narthex_processes_alive", 1.0)
          .containsEntry("narthex_series", 3.0)
          .containsEntry("narthex_wasted_bytes", (double) BaselineDescriptor.length(2));
      assertThat(own.get("narthex_used_bytes") + own.get("narthex_free_bytes"))
          .isCloseTo((double) file.toFile().length(), within(64.0 * 16 * 8));
      registry.close();
      final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      do {
        viewer.visit(new OwnValues(own)); // who is alive is looked at once a second
      } while (own.get("narthex_processes_alive") != 0 && System.nanoTime() < deadline);
      assertThat(own).containsEntry("narthex_processes_alive", 0.0);
    }
  }

  private record OwnValues(Map<String, Double> byName, List<String> names)
      implements SeriesVisitor<RuntimeException> {
    OwnValues(final Map<String, Double> byName) {
      this(byName, new ArrayList<>());
    }

    @Override
    public boolean family(final FamilyDescriptor family) {
      names.add(family.name());
      return family.name().startsWith("narthex_");
    }

    @Override
    public void series(final Series series) {
      byName.put(names.get(names.size() - 1), series.value());
    }
  }

  @Test
  void shouldChangeOverToFileThatReplacedTheOneItShows() throws Exception {
    jobs.labelValues("mail").inc(2);
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      assertThat(Seen.of(viewer).value("jobs", "queue=\"mail\"")).isEqualTo(2);
      Files.delete(file);
      assertThat(Seen.of(viewer).value("jobs", "queue=\"mail\"")).isEqualTo(2);
      try (MetricRegistry next = MetricRegistry.create(MappedBackend.open(file))) {
        jobs(next).labelValues("mail").inc(5);
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Seen.of(viewer).value("jobs", "queue=\"mail\"") != 5) {
          assertThat(System.nanoTime() - deadline).as("still the old file").isNegative();
          Thread.sleep(50);
        }
      }
    }
  }

  @Test
  void shouldGoOnWithFileThatWasDeletedAndNoticeIt() throws Exception {
    final MappedStore store = OpenStores.open(file, keeping(file));
    Files.delete(file);
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!store.watch().isUnlinked()) {
      assertThat(System.nanoTime() - deadline).as("not noticed").isNegative();
      Thread.sleep(50);
    }
    jobs.labelValues("mail").inc(2);
    assertThat(jobs.labelValues("mail").value()).isEqualTo(2);
    OpenStores.close(store);
  }

  @Test
  void shouldStayAliveWhenItsLockFileIsDeleted() throws Exception {
    final MappedStore store = OpenStores.open(file, keeping(file));
    final LocalProcess self = store.processes().self();
    Files.delete(file.resolveSibling("app.nx.lock"));
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!store.processes().liveness().isAlive(self.row(), self.incarnation())) {
      assertThat(System.nanoTime() - deadline).as("taken for dead").isNegative();
      Thread.sleep(50);
    }
    OpenStores.close(store);
  }

  @Test
  void shouldShowEverythingToViewerThatRegisteredNothing() {
    jobs.labelValues("mail").inc(2);
    Gauge.builder("depth").register(registry).set(-1.5);
    final Histogram time = Histogram.builder("time").buckets(1, 2).register(registry);
    time.observe(1.5);
    time.observe(3);
    Info.builder("build").labelNames("version").register(registry).labelValues("1.2").set();
    StateSet.builder("breaker").states("open", "closed").register(registry).set("closed");
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      assertThat(values(viewer))
          .containsOnly(
              Map.entry("jobs queue=\"mail\"", 2.0),
              Map.entry("depth ", -1.5),
              Map.entry("time ", 4.5),
              Map.entry("build version=\"1.2\"", 1.0),
              Map.entry("breaker ", 2.0));
    }
  }

  @Test
  void shouldShowViewerWhatIsMadeAfterItAttached() {
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      assertThat(values(viewer)).isEmpty();
      for (int i = 0; i < 20_000; i++) {
        jobs.labelValues("q" + i).inc();
      }
      assertThat(values(viewer)).hasSize(20_000).containsEntry("jobs queue=\"q19999\"", 1.0);
    }
  }

  @Test
  void shouldRefuseEveryWriteOfViewer() {
    jobs.labelValues("mail").inc(3);
    final MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
    final Counter seen = jobs(viewer);
    assertThat(seen.labelValues("mail").value()).isEqualTo(3);
    final List<Runnable> writes =
        List.of(
            () -> seen.labelValues("mail").inc(),
            () -> seen.labelValues("new").inc(),
            () -> seen.remove("mail"),
            seen::clear,
            () -> viewer.unregister("jobs"),
            () -> Counter.builder("other").register(viewer));
    for (final Runnable write : writes) {
      assertThatThrownBy(write::run)
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("openReadOnly")
          .hasMessageContaining(file.toString());
    }
    viewer.close();
  }

  @Test
  void shouldLeaveFileAndDirectoryAsTheyAreWhenAViewerLooks() throws IOException {
    jobs.labelValues("mail").inc(3);
    registry.close();
    // A writer would make it anew.
    Files.delete(file.resolveSibling(file.getFileName() + ".lock"));
    final byte[] before = Files.readAllBytes(file);
    final FileTime modified = Files.getLastModifiedTime(file);
    final List<Path> names = names();
    for (int i = 0; i < 2; i++) {
      final MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
      assertThat(jobs(viewer).labelValues("mail").value()).isEqualTo(3);
      viewer.visit(new OwnValues(new TreeMap<>()));
      viewer.close();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
    assertThat(names()).isEqualTo(names);
  }

  private List<Path> names() throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.sorted().toList();
    }
  }

  @Test
  void shouldShareOneMappingWhenFileIsOpenedTwice() throws IOException {
    final Path link = Files.createLink(directory.resolve("other-name.nx"), file);
    final MetricRegistry second = MetricRegistry.create(MappedBackend.open(link));
    jobs(second).labelValues("mail").inc();
    registry.close();
    jobs(second).labelValues("mail").inc();
    jobs.labelValues("mail").inc();
    assertThat(jobs(second).labelValues("mail").value()).isEqualTo(3);
    second.close();
  }

  @Test
  void shouldCountIntoFileThroughHandlesKeptAfterClose() {
    final Counter kept = jobs.labelValues("mail");
    registry.close();
    kept.inc(5);
    assertThatCode(() -> jobs.labelValues("made after close").inc()).doesNotThrowAnyException();
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      assertThat(values(viewer)).containsEntry("jobs queue=\"mail\"", 5.0);
    }
  }

  @Test
  void shouldGrowInManySegmentsWithoutMovingAnything() throws IOException {
    final Path small = directory.resolve("small.nx");
    final MetricRegistry growing =
        MetricRegistry.create(
            MappedBackend.builder(small).initialSize(512 << 10).stripes(4).open());
    final Counter counter = jobs(growing);
    final Counter first = counter.labelValues("first");
    for (int i = 0; i < 30_000; i++) {
      counter.labelValues("q" + i).inc(i);
      first.inc();
    }
    assertThat(Files.size(small)).isGreaterThan(4 << 20);
    assertThat(first.value()).isEqualTo(30_000);
    assertThat(counter.labelValues("q29999").value()).isEqualTo(29_999);
    growing.close();
    try (Backend viewer = MappedBackend.openReadOnly(small)) {
      final Map<String, Double> values = values(viewer);
      assertThat(values).hasSize(30_001);
      for (int i = 0; i < 30_000; i++) {
        assertThat(values).containsEntry("jobs queue=\"q" + i + "\"", (double) i);
      }
    }
  }

  @Test
  void shouldOverflowAtMaxSizeAndGoOnWithWhatExists() {
    final Path small = directory.resolve("small.nx");
    final MetricRegistry full =
        MetricRegistry.create(
            MappedBackend.builder(small).initialSize(512 << 10).maxSize(512 << 10).open());
    final Counter counter = jobs(full);
    final Counter first = counter.labelValues("first");
    for (int i = 0; i < 10_000; i++) {
      counter.labelValues("q" + i).inc();
    }
    first.inc();
    final Map<String, Double> values = values(full);
    assertThat(values).hasSizeLessThan(10_000).containsEntry("jobs queue=\"first\"", 1.0);
    assertThat(values.get("jobs queue=\"__overflow__\"")).isPositive();
    assertThat(values.values().stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(10_001);
    assertThatThrownBy(() -> fillWithFamilies(full))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("maxSize")
        .hasMessageContaining("asked for")
        .hasMessageContaining("free");
    full.close();
  }

  @Test
  void shouldOverflowAtMaxSizeAlsoWhereEachProcessHasPart() {
    final Path small = directory.resolve("small.nx");
    final MetricRegistry full =
        MetricRegistry.create(
            MappedBackend.builder(small).initialSize(512 << 10).maxSize(512 << 10).open());
    final Info build = Info.builder("build").labelNames("version").register(full);
    for (int i = 0; i < 5_000; i++) {
      build.labelValues("v" + i).set();
    }
    assertThat(values(full))
        .hasSizeLessThan(5_000)
        .containsEntry("build version=\"__overflow__\"", 1.0);
    full.close();
  }

  private static void fillWithFamilies(final MetricRegistry registry) {
    for (int i = 0; i < 10_000; i++) {
      Histogram.builder("family" + i).register(registry);
    }
  }

  @Test
  void shouldOpenAndGrowOnInterruptedThread() {
    final Path other = directory.resolve("interrupted.nx");
    Thread.currentThread().interrupt();
    try {
      final MetricRegistry interrupted =
          MetricRegistry.create(MappedBackend.builder(other).initialSize(512 << 10).open());
      final Counter counter = jobs(interrupted);
      for (int i = 0; i < 10_000; i++) {
        counter.labelValues("q" + i).inc();
      }
      assertThat(values(interrupted)).hasSize(10_000);
      interrupted.close();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void shouldCreateFileForItsOwnerOnly() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldGiveFileAndItsLockThePermissionsThatWereChosen() throws IOException {
    final Path shared = directory.resolve("shared.nx");
    MappedBackend.builder(shared).permissions("rw-rw-rw-").open().close();
    for (final String name : List.of("shared.nx", "shared.nx.lock")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
          .as(name)
          .isEqualTo("rw-rw-rw-");
    }
  }

  @Test
  void shouldRefusePermissionsThatMakeNoSense() {
    for (final String mode : List.of("", "rw", "0640", "r--r--r--", "-w-------")) {
      assertThatThrownBy(() -> MappedBackend.builder(file).permissions(mode))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + mode + "\"")
          .hasMessageContaining("rw-r-----");
    }
  }

  @Test
  void shouldLeaveNothingBesideTheFile() throws IOException {
    for (int i = 0; i < 50_000; i++) {
      jobs.labelValues("q" + i);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("app.nx", "app.nx.lock");
    }
  }

  @Test
  void shouldSeeFamilyUnregisteredThroughAnotherBackend() {
    jobs.labelValues("mail").inc();
    final MetricRegistry other = MetricRegistry.create(MappedBackend.open(file));
    assertThat(other.unregister("jobs_total")).isTrue();
    assertThat(values(registry)).isEmpty();
    jobs.labelValues("mail").inc();
    assertThat(values(registry)).isEmpty();
    final Gauge gauge = Gauge.builder("jobs").register(other);
    gauge.set(1);
    assertThat(values(registry)).containsOnly(Map.entry("jobs ", 1.0));
    assertThatThrownBy(() -> jobs(registry)).isInstanceOf(MetricConflictException.class);
    other.close();
  }

  @Test
  void shouldReviveSeriesRemovedThroughAnotherBackend() {
    final Counter handle = jobs.labelValues("mail");
    handle.inc(10);
    handle.inc(0.5);
    final MetricRegistry other = MetricRegistry.create(MappedBackend.open(file));
    assertThat(jobs(other).remove("mail")).isTrue();
    assertThat(values(registry)).isEmpty();
    handle.inc(2);
    assertThat(values(registry)).containsOnly(Map.entry("jobs queue=\"mail\"", 2.0));
    other.close();
  }

  @Test
  void shouldShowMostRecentGaugeFromItsFirstSetOnly() {
    final Gauge recent = Gauge.builder("recent").mode(GaugeMode.MOST_RECENT).register(registry);
    assertThat(values(registry)).isEmpty();
    recent.set(Double.NaN);
    assertThat(values(registry)).containsOnlyKeys("recent ");
  }

  @Test
  void shouldKeepLabelValuesOfAnyLengthAndScript() {
    final String longValue = "x".repeat(100_000) + "\u00e9\ud83d\ude00\"\\\n";
    jobs.labelValues(longValue).inc(4);
    assertThat(jobs.labelValues(longValue).value()).isEqualTo(4);
    assertThat(values(registry).values()).containsExactly(4.0);
  }

  @Test
  void shouldLockBesideTheFileByWhateverLinkItIsOpened() throws IOException {
    final Path link = Files.createSymbolicLink(directory.resolve("link.nx"), file);
    registry.close();
    final MetricRegistry linked =
        MetricRegistry.create(MappedBackend.builder(link).allowSymbolicLinks().open());
    for (int i = 0; i < 9_000; i++) {
      jobs(linked).labelValues("q" + i).inc();
    }
    linked.close();
    assertThat(directory.resolve("app.nx.lock")).exists();
    assertThat(directory.resolve("link.nx.lock")).doesNotExist();
  }

  @Test
  void shouldSayThatLinkLeadsNowhere() throws IOException {
    final Path link =
        Files.createSymbolicLink(directory.resolve("link.nx"), directory.resolve("gone.nx"));
    assertThatThrownBy(() -> MappedBackend.builder(link).allowSymbolicLinks().open())
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("symbolic link to a file that does not exist");
  }

  @Test
  void shouldNotDoubleTheFileForNameThatIsRegisteredAgainAndAgain() throws IOException {
    final long before = Files.size(file);
    for (int i = 0; i < 500; i++) {
      Counter.builder("again").register(registry).inc();
      registry.unregister("again");
    }
    assertThat(Files.size(file)).isLessThan(before + (1 << 20));
  }

  @Test
  void shouldNotMakeSecondSeriesOfOneThatItCannotReach() throws IOException {
    final Path small = directory.resolve("small.nx");
    MappedBackend.builder(small).initialSize(512 << 10).open().close();
    final MappedStore early = MappedStore.open(small, true);
    final FamilyEntry family =
        new Families(early)
            .register(
                FamilyDescriptor.builder(MetricType.COUNTER, "jobs")
                    .labelNames(List.of("queue"))
                    .build());
    final LabelSet last = LabelSet.of(new String[] {"queue"}, new String[] {"last"});
    final MetricRegistry growing = MetricRegistry.create(MappedBackend.open(small));
    final Counter counter = jobs(growing);
    for (int i = 0; i < 20_000; i++) {
      counter.labelValues("q" + i);
    }
    counter.labelValues("last").inc(7);
    early.close(); // it can map nothing any more
    assertThat(new SeriesStore(early, family).findOrCreate(last, false)).isZero();
    assertThat(values(growing)).containsEntry("jobs queue=\"last\"", 7.0);
    growing.close();
  }

  @Test
  void shouldNotThrowThroughHandlesOfViewerThatWasClosed() {
    jobs.labelValues("mail").inc(3);
    final MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
    final Counter kept = jobs(viewer).labelValues("mail");
    viewer.close();
    assertThatCode(kept::inc).doesNotThrowAnyException();
    assertThat(jobs.labelValues("mail").value()).isEqualTo(3);
  }

  @Test
  void shouldRefuseToTakeValueAwayThroughViewer() {
    Gauge.builder("depth").register(registry).set(3);
    final MappedBackend viewer = MappedBackend.openReadOnly(file);
    try (viewer) {
      final GaugeSlot slot =
          (GaugeSlot)
              viewer
                  .register(FamilyDescriptor.builder(MetricType.GAUGE, "depth").build(), null)
                  .slot(LabelSet.EMPTY);

      assertThatThrownBy(slot::unset)
          .isInstanceOf(NarthexException.class)
          .hasMessageContainingAll("depth", "openReadOnly");
      assertThat(slot.value()).isEqualTo(3);
    }
  }

  @Test
  void shouldNotThrowThroughMetricOfViewerThatWasClosed() {
    jobs.labelValues("mail").inc(3);
    Gauge.builder("depth").labelNames("queue").register(registry);
    final MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
    final Counter kept = jobs(viewer);
    final Gauge depth = Gauge.builder("depth").labelNames("queue").register(viewer);
    assertThatThrownBy(() -> kept.labelValues("print")).isInstanceOf(NarthexException.class);
    viewer.close();
    assertThat(kept.labelValues("mail").value()).isEqualTo(3);
    final Counter late = kept.labelValues("print");
    late.inc();
    assertThat(late.value()).isZero();
    depth.labelValues("print").set(1);
    assertThat(depth.labelValues("print").value()).isNaN();
    assertThat(kept.remove("mail")).isFalse();
    kept.clear();
    assertThat(values(viewer)).containsOnly(Map.entry("jobs queue=\"mail\"", 3.0));
  }

  @Test
  void shouldNotThrowThroughMetricOfClosedBackendWhenItsFileIsFull() {
    final MetricRegistry small =
        MetricRegistry.create(
            MappedBackend.builder(directory.resolve("small.nx")).initialSize(512 << 10).open());
    final Counter kept = jobs(small);
    final Counter before = kept.labelValues("before");
    small.close();
    for (int i = 0; i < 10_000; i++) {
      kept.labelValues("q" + i).inc();
    }
    before.inc(0.5);
    final Map<String, Double> values = values(small);
    assertThat(values).containsEntry("jobs queue=\"before\"", 0.5);
    assertThat(values.get("jobs queue=\"__overflow__\"")).isPositive();
    assertThat(values.values().stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(10_000.5);
  }

  @Test
  void shouldShowWhatItKnowsAfterCloseWhenTheFileHasGrown() {
    jobs.labelValues("mail").inc(3);
    final MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
    viewer.close();
    for (int i = 0; i < 50_000; i++) {
      jobs.labelValues("q" + i);
    }
    assertThat(values(viewer)).containsEntry("jobs queue=\"mail\"", 3.0);
  }

  @Test
  void shouldNeverCountIntoAnotherSeriesThroughDamagedRecord() throws IOException {
    jobs.labelValues("mail").inc(3);
    jobs.labelValues("print").inc(5);
    registry.close();
    // Now the record of mail names the cells of print.
    final byte[] bytes = Files.readAllBytes(file);
    final int mail = recordOf(bytes, "queue=\"mail\"") + SeriesRecordDescriptor.CELLS_OFFSET;
    final int print = recordOf(bytes, "queue=\"print\"") + SeriesRecordDescriptor.CELLS_OFFSET;
    System.arraycopy(bytes, print, bytes, mail, Long.BYTES);
    Files.write(file, bytes);
    try (LoggedMessages logged = LoggedMessages.of(Catalog.class.getName())) {
      registry = MetricRegistry.create(MappedBackend.open(file));
      jobs(registry).labelValues("mail").inc(2);
      assertThat(values(registry))
          .containsOnly(
              Map.entry("jobs queue=\"mail\"", 2.0), Map.entry("jobs queue=\"print\"", 5.0));
      assertThat(logged.messages())
          .singleElement()
          .asString()
          .contains(
              file.toString(),
              "damaged",
              Integer.toString(mail - SeriesRecordDescriptor.CELLS_OFFSET));
    }
    jobs(registry).labelValues("print").inc();
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      assertThat(values(viewer))
          .containsOnly(
              Map.entry("jobs queue=\"mail\"", 2.0), Map.entry("jobs queue=\"print\"", 6.0));
    }
    final MappedStore store = MappedStore.open(file, false);
    store.catalog().refresh();
    assertThat(store.catalog().badRecords()).isEqualTo(1);
    store.close();
  }

  /** No look-up accepts one there: a writer that had made its own could not use it. */
  @Test
  void shouldTakeNoRecordAtOddPlaceOfDamagedFile() throws IOException {
    jobs.labelValues("mail").inc(3);
    registry.close();
    final byte[] bytes = Files.readAllBytes(file);
    final int used = usedOf(bytes, SegmentDescriptor.KIND_RECORDS);
    buffer(bytes).putLong(used, buffer(bytes).getLong(used) + 4);
    Files.write(file, bytes);
    registry = MetricRegistry.create(MappedBackend.open(file));
    jobs(registry).labelValues("print").inc(5);
    Gauge.builder("depth").register(registry).set(7);
    assertThat(values(registry))
        .containsOnly(
            Map.entry("jobs queue=\"mail\"", 3.0),
            Map.entry("jobs queue=\"print\"", 5.0),
            Map.entry("depth ", 7.0));
  }

  @Test
  void shouldShowSeriesOnceWhoseIndexWordIsDamaged() throws IOException {
    jobs.labelValues("mail").inc(3);
    jobs.labelValues("print").inc(5);
    registry.close();
    final byte[] bytes = Files.readAllBytes(file);
    final int word = wordOf(bytes, recordOf(bytes, "queue=\"mail\""));
    bytes[word + Long.BYTES - 1] ^= 1; // a bit of its tag
    Files.write(file, bytes);
    try (LoggedMessages logged = LoggedMessages.of(Catalog.class.getName())) {
      registry = MetricRegistry.create(MappedBackend.open(file));
      jobs(registry).labelValues("mail").inc(2);
      assertThat(values(registry))
          .containsOnly(
              Map.entry("jobs queue=\"mail\"", 2.0), Map.entry("jobs queue=\"print\"", 5.0));
      assertThat(logged.messages()).singleElement().asString().contains("damaged");
    }
    final MappedStore store = MappedStore.open(file, false);
    store.catalog().refresh();
    assertThat(store.catalog().badRecords()).isEqualTo(1);
    store.close();
  }

  @Test
  void shouldShowFamilyOnceWhoseIndexWordIsDamaged() throws IOException {
    jobs.labelValues("mail").inc(3);
    registry.close();
    final byte[] bytes = Files.readAllBytes(file);
    final long family =
        buffer(bytes)
            .getLong(recordOf(bytes, "queue=\"mail\"") + SeriesRecordDescriptor.FAMILY_OFFSET);
    bytes[wordOf(bytes, family) + Long.BYTES - 1] ^= 1;
    Files.write(file, bytes);
    registry = MetricRegistry.create(MappedBackend.open(file));
    jobs(registry).labelValues("mail").inc(2);
    assertThat(values(registry)).containsOnly(Map.entry("jobs queue=\"mail\"", 5.0));
  }

  @Test
  void shouldSayWhichFileHasTheOtherSchema() {
    registry.close();
    registry = MetricRegistry.create(MappedBackend.open(file));
    assertThatThrownBy(() -> Counter.builder("jobs").labelNames("shard").register(registry))
        .isInstanceOf(MetricConflictException.class)
        .hasMessageContainingAll("counter jobs{shard}", "counter jobs{queue}", "unregister")
        .hasMessageContaining("in " + file + ", where it may be left of an earlier run");
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      assertThatThrownBy(() -> Gauge.builder("jobs").register(viewer))
          .isInstanceOf(MetricConflictException.class)
          .hasMessageContainingAll("gauge jobs", "counter jobs{queue}", file.toString());
    }
  }

  @Test
  void shouldSayThatLabelsAreTooLong() {
    final String value = "x".repeat(1 << 20);
    try (LoggedMessages logged = LoggedMessages.of(MappedFamily.class.getName())) {
      jobs.labelValues(value).inc();
      assertThat(logged.messages())
          .singleElement()
          .asString()
          .contains("jobs{queue=\"" + "x".repeat(100) + "… (1048576 characters)\"}")
          .contains("take 1048584 bytes", "room for 1048480")
          .hasSizeLessThan(1_000);
    }
    assertThat(values(registry)).containsOnly(Map.entry("jobs queue=\"__overflow__\"", 1.0));
    jobs.labelValues("y".repeat((1 << 20) - 96 - 8)).inc(2);
    assertThat(values(registry)).hasSize(2).containsValue(2.0);
  }

  @Test
  void shouldSayThatNamesAreTooLong() {
    final String name = "n".repeat(1 << 20);
    assertThatThrownBy(() -> Counter.builder(name).register(registry))
        .isInstanceOf(NarthexException.class)
        .hasMessageContainingAll("n".repeat(100) + "… (1048576 characters)", "more than 1048576")
        .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(1_000));
    final MetricRegistry zoned =
        MetricRegistry.builder().backend(MappedBackend.open(file)).constantLabel("z", name).build();
    assertThatThrownBy(() -> jobs(zoned))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("room for 1048480");
    zoned.close();
  }

  /** Where the index word of the record at an offset is. */
  private static int wordOf(final byte[] file, final long record) {
    final ByteBuffer words = buffer(file);
    for (int at = HeaderDescriptor.FIRST_SEGMENT_AT; at < file.length; at += Long.BYTES) {
      if (RecordIndex.offset(words.getLong(at)) == record) {
        return at;
      }
    }
    throw new AssertionError("no word leads to " + record);
  }

  /** Where the directory counts what is taken of the first segment of a kind. */
  private static int usedOf(final byte[] file, final int kind) {
    int row = 0;
    while (buffer(file).getLong((int) Segments.rowAt(row)) != kind) {
      row++;
    }
    return (int) Segments.rowAt(row) + SegmentDescriptor.USED_OFFSET;
  }

  private static ByteBuffer buffer(final byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the record of the series with a label text begins. */
  private static int recordOf(final byte[] file, final String text) {
    final int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).as(text).isPositive();
    return at - SeriesRecordDescriptor.TEXT_OFFSET;
  }

  @Test
  void shouldRefuseCallbackThroughViewer() {
    Gauge.builder("depth").mode(GaugeMode.LIVE_SUM).register(registry).set(3);
    final MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file));
    try (viewer) {
      assertThatThrownBy(() -> Gauge.builder("depth").callback(() -> 1).register(viewer))
          .isInstanceOf(NarthexException.class)
          .hasMessageContainingAll("depth", "openReadOnly");
      assertThat(values(viewer)).containsEntry("depth ", 3.0);
    }
  }

  @Test
  void shouldRefuseOptionsThatMakeNoSense() {
    assertThatThrownBy(() -> MappedBackend.builder(file).stripes(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of two");
    assertThatThrownBy(() -> MappedBackend.builder(file).initialSize(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("initialSize");
    assertThatThrownBy(() -> MappedBackend.builder(file).maxSize(1 << 20).open())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxSize");
  }

  @Test
  void shouldRefusePathsThatAreNone() {
    for (final String blank : List.of("", " ")) {
      assertThatThrownBy(() -> MappedBackend.open(Path.of(blank)))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("blank");
      assertThatThrownBy(() -> MappedBackend.openReadOnly(Path.of(blank)))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("blank");
    }
    assertThatThrownBy(() -> MappedBackend.open(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("path");
    assertThatThrownBy(() -> MappedBackend.openReadOnly(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("path");
  }

  @Test
  void shouldSayThatNoFileCanBeMadeThere() {
    assertThatThrownBy(() -> MappedBackend.open(Path.of("/proc/x.nx")))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("/proc/x.nx: ")
        .hasMessageContaining("/proc; choose another directory")
        .hasMessageNotContaining(".new");
  }

  @Test
  void shouldTellViewerWhatToDoAboutMetricThatIsNotThere() {
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      assertThatThrownBy(() -> Counter.builder("none").register(viewer))
          .isInstanceOf(NarthexException.class)
          .hasMessageContainingAll("counter none", "openReadOnly", "register it first");
    }
  }

  private static Map<String, Double> values(final Backend backend) {
    final Values values = new Values();
    backend.visit(values);
    return values.byName;
  }

  private static Map<String, Double> values(final MetricRegistry registry) {
    final Values values = new Values();
    registry.visit(values);
    return values.byName;
  }

  private static final class Values implements SeriesVisitor<RuntimeException> {
    private final Map<String, Double> byName = new HashMap<>();
    private final List<String> families = new ArrayList<>();

    @Override
    public boolean family(final FamilyDescriptor family) {
      assertThat(families).as("each family once").doesNotContain(family.name());
      families.add(family.name());
      return !family.name().startsWith("narthex_");
    }

    @Override
    public void series(final Series series) {
      final byte[] text = new byte[series.labelsLength()];
      series.copyLabels(text, 0);
      final String name =
          families.get(families.size() - 1) + " " + new String(text, StandardCharsets.UTF_8);
      final double value = name.startsWith("time") ? series.sum() : series.value();
      assertThat(byName.put(name, value)).as("each series once: " + name).isNull();
    }
  }
}
