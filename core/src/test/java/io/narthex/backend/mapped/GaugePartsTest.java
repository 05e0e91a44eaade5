package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.backend.Seen;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parts of gauges as generations of processes leave them. A process that closes the file and opens
 * it again is another generation in the same row; rows of processes that are alive or dead are made
 * up here.
 */
final class GaugePartsTest {
  private static final long FOREIGN = 1_000;

  @TempDir private Path directory;
  private Path file;
  private final List<FileLock> locks = new ArrayList<>();

  @BeforeEach
  void create() {
    file = directory.resolve("parts.nx");
    MappedBackend.builder(file).initialSize(512 << 10).stripes(4).open().close();
  }

  @AfterEach
  void unlock() throws IOException {
    for (final FileLock lock : locks) {
      lock.release();
    }
  }

  private static LabelSet labels(final String value) {
    return LabelSet.of(new String[] {"l"}, new String[] {value});
  }

  private static BackendFamily family(final Backend backend, final GaugeMode mode) {
    return backend.register(
        FamilyDescriptor.builder(MetricType.GAUGE, "depth_" + mode.name().toLowerCase(Locale.ROOT))
            .labelNames(List.of("l"))
            .gaugeMode(mode)
            .build(),
        labels("__overflow__"));
  }

  private static GaugeSlot slot(final Backend backend, final GaugeMode mode) {
    return (GaugeSlot) family(backend, mode).slot(labels("a"));
  }

  private Double shown(final GaugeMode mode) {
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      final Seen seen = Seen.of(viewer);
      final String name = "depth_" + mode.name().toLowerCase(Locale.ROOT);
      return seen.has(name, "l=\"a\"") ? seen.value(name, "l=\"a\"") : null;
    }
  }

  private List<String> shownEach(final GaugeMode mode) {
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      return Seen.of(viewer).labels("depth_" + mode.name().toLowerCase(Locale.ROOT));
    }
  }

  private void generation(final double value, final GaugeMode... modes) {
    try (Backend backend = MappedBackend.open(file)) {
      for (final GaugeMode mode : modes) {
        slot(backend, mode).set(value);
      }
    }
  }

  /** Occupies the next rows of the table, so that the JVM's next row lies behind them. */
  private ProcessTable occupy(final int rows, final boolean alive) throws IOException {
    final Processes processes = MappedStore.open(file, true).processes();
    final ProcessTable table = processes.table();
    for (int row = 0; row < rows; row++) {
      if (alive) {
        locks.add(LockFile.of(file.toRealPath()).tryLock(processes.byteOf(FOREIGN + row)));
      }
      assertThat(table.changeOwner(row, table.owner(row), FOREIGN + row)).isTrue();
      table.describe(row, FOREIGN + row, LockFile.of(file.toRealPath()).inode(), 7, 0);
    }
    return table;
  }

  private ProcessTable table() throws IOException {
    return MappedStore.open(file, true).processes().table();
  }

  @Test
  void shouldSumUpWhatAllGenerationsLeft() {
    generation(5, GaugeMode.SUM);
    generation(-2, GaugeMode.SUM);
    try (Backend backend = MappedBackend.open(file)) {
      final GaugeSlot slot = slot(backend, GaugeMode.SUM);
      assertThat(slot.value()).isEqualTo(3);
      slot.add(10);
      slot.add(0.5);
      assertThat(slot.value()).isEqualTo(13.5);
      slot.set(1);
      assertThat(slot.value()).isEqualTo(4);
    }
    assertThat(shown(GaugeMode.SUM)).isEqualTo(4);
  }

  @Test
  void shouldKeepLeastAndGreatestOfAllGenerations() {
    for (final double value : new double[] {3, -1, 7, 2}) {
      generation(value, GaugeMode.MIN, GaugeMode.MAX);
    }
    assertThat(shown(GaugeMode.MIN)).isEqualTo(-1);
    assertThat(shown(GaugeMode.MAX)).isEqualTo(7);
  }

  @Test
  void shouldHaveNoPartOfProcessThatNeverSetTheGauge() {
    try (Backend backend = MappedBackend.open(file)) {
      final GaugeSlot slot = slot(backend, GaugeMode.MIN);
      assertThat(slot.value()).isNaN();
      assertThat(shown(GaugeMode.MIN)).isNull();
      slot.set(4);
      assertThat(shown(GaugeMode.MIN)).isEqualTo(4);
    }
    try (Backend backend = MappedBackend.open(file)) {
      slot(backend, GaugeMode.MIN);
      assertThat(shown(GaugeMode.MIN)).isEqualTo(4);
    }
  }

  @Test
  void shouldCountOnlyProcessesThatAreAlive() {
    try (Backend backend = MappedBackend.open(file)) {
      slot(backend, GaugeMode.LIVE_SUM).set(2);
      slot(backend, GaugeMode.LIVE_MIN).set(2);
      slot(backend, GaugeMode.LIVE_MAX).set(2);
      slot(backend, GaugeMode.LIVE_ALL).set(2);
      assertThat(shown(GaugeMode.LIVE_SUM)).isEqualTo(2);
      assertThat(shown(GaugeMode.LIVE_MIN)).isEqualTo(2);
      assertThat(shown(GaugeMode.LIVE_MAX)).isEqualTo(2);
      assertThat(shownEach(GaugeMode.LIVE_ALL))
          .containsExactly("l=\"a\",pid=\"" + ProcessHandle.current().pid() + '"');
    }
    assertThat(shown(GaugeMode.LIVE_SUM)).isNull();
    assertThat(shown(GaugeMode.LIVE_MIN)).isNull();
    assertThat(shown(GaugeMode.LIVE_MAX)).isNull();
    assertThat(shownEach(GaugeMode.LIVE_ALL)).isEmpty();

    generation(0, GaugeMode.SUM);
    try (Backend backend = MappedBackend.open(file)) {
      assertThat(slot(backend, GaugeMode.LIVE_SUM).value()).isNaN();
    }
  }

  @Test
  void shouldShowEachProcessUntilItsRowIsTakenOver() {
    generation(3, GaugeMode.ALL);
    assertThat(shownEach(GaugeMode.ALL)).hasSize(1);
    generation(0, GaugeMode.SUM);
    assertThat(shownEach(GaugeMode.ALL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 9, 500})
  void shouldHavePlacesForManyProcesses(final int others) throws IOException {
    occupy(others, true);
    try (Backend backend = MappedBackend.open(file)) {
      slot(backend, GaugeMode.SUM).set(2);
      slot(backend, GaugeMode.LIVE_ALL).set(2);
    }
    generation(5, GaugeMode.SUM);
    assertThat(shown(GaugeMode.SUM)).isEqualTo(7);
  }

  /** What a dead process left has to be retired first, for which the file has to grow here. */
  @Test
  void shouldHaveOneDeadlineForAllThatOnePartNeeds() throws IOException {
    generation(5, GaugeMode.SUM);
    final MappedStore store = MappedStore.open(file, true);
    final long series = store.families().find("depth_sum").series[1];
    for (final int kind :
        new int[] {SegmentDescriptor.KIND_RECORDS, SegmentDescriptor.KIND_CELLS}) {
      final Segment segment = store.segments().newest(kind);
      segment.take(segment.capacity() - segment.used());
    }
    final long[] now = {0};
    final Deadline deadline = new Deadline(() -> now[0]);
    assertThat(deadline.millisLeft()).isEqualTo(1_000);
    now[0] = TimeUnit.MILLISECONDS.toNanos(400);
    assertThat(deadline.millisLeft()).isEqualTo(600);
    now[0] = TimeUnit.SECONDS.toNanos(1);
    assertThat(store.parts().take(series, GaugeMode.SUM, deadline)).isNull();
    assertThat(shown(GaugeMode.SUM)).isEqualTo(5);

    // One that has not just failed to make the file grow.
    final MappedStore other = MappedStore.open(file, true);
    final Part part = other.parts().take(series, GaugeMode.SUM, new Deadline());
    assertThat(part.owner()).isEqualTo(other.processes().self().incarnation());
    store.close();
    other.close();
  }

  @Test
  void shouldTellProcessesOfOnePidApart() throws IOException {
    final ProcessTable table = occupy(1, true);
    try (Backend backend = MappedBackend.open(file)) {
      slot(backend, GaugeMode.LIVE_ALL).set(2);
      final String own = shownEach(GaugeMode.LIVE_ALL).get(0);
      assertThat(own).isEqualTo("l=\"a\",pid=\"" + ProcessHandle.current().pid() + '"');

      table.describe(0, FOREIGN, table.lockFile(0), ProcessHandle.current().pid(), 0);
      assertThat(shownEach(GaugeMode.LIVE_ALL).get(0))
          .matches("l=\"a\",pid=\"" + ProcessHandle.current().pid() + "-\\d+\"");
    }
  }

  @Test
  void shouldRefuseGaugeWhereEveryRowIsTaken() throws IOException {
    occupy(ProcessTable.ROWS, true);
    try (Backend backend = MappedBackend.open(file)) {
      assertThatThrownBy(() -> family(backend, GaugeMode.LIVE_SUM))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("depth_live_sum")
          .hasMessageContaining("512 processes");
      backend.register(FamilyDescriptor.builder(MetricType.COUNTER, "jobs").build(), null);
    }
  }

  @Test
  void shouldTakeRowOfDeadProcess() throws IOException {
    occupy(ProcessTable.ROWS, false);
    generation(5, GaugeMode.SUM);
    assertThat(shown(GaugeMode.SUM)).isEqualTo(5);
    assertThat(table().owner(0)).isNotEqualTo(FOREIGN);
  }

  @Test
  void shouldTakeNobodyForDeadBeforeNewLockFileIsSettled() throws IOException {
    final ProcessTable table = occupy(1, false);
    final Path lock = file.resolveSibling(file.getFileName() + ".lock");
    Files.delete(lock);
    try (Backend backend = MappedBackend.open(file)) {
      slot(backend, GaugeMode.SUM).set(5);
      final Processes processes = MappedStore.open(file, false).processes();
      assertThat(processes.look().isAlive(0, FOREIGN)).isTrue();
      assertThat(table.owner(0)).isEqualTo(FOREIGN);

      Files.delete(lock);
      Files.createFile(lock);
      Files.setLastModifiedTime(
          lock, FileTime.fromMillis(System.currentTimeMillis() - LockFile.SETTLING_MILLIS));
      assertThat(processes.look().isAlive(0, FOREIGN)).isFalse();
    }
  }

  @Test
  void shouldForgetWhatWasRemovedAlsoOfDeadProcesses() {
    generation(5, GaugeMode.SUM, GaugeMode.LIVE_SUM);
    generation(6, GaugeMode.SUM);
    try (Backend backend = MappedBackend.open(file)) {
      final GaugeSlot sum = slot(backend, GaugeMode.SUM);
      final GaugeSlot live = slot(backend, GaugeMode.LIVE_SUM);
      sum.add(1);
      live.add(1);
      assertThat(family(backend, GaugeMode.SUM).remove(labels("a"))).isTrue();
      assertThat(family(backend, GaugeMode.SUM).remove(labels("a"))).isFalse();
      assertThat(family(backend, GaugeMode.LIVE_SUM).remove(labels("a"))).isTrue();
      assertThat(shown(GaugeMode.SUM)).isNull();
      assertThat(shown(GaugeMode.LIVE_SUM)).isNull();

      sum.add(2);
      live.add(3);
      assertThat(shown(GaugeMode.SUM)).isEqualTo(2);
      assertThat(shown(GaugeMode.LIVE_SUM)).isEqualTo(3);
    }
    generation(0, GaugeMode.SUM);
    assertThat(shown(GaugeMode.SUM)).isEqualTo(2);
  }

  @Test
  void shouldCountPartOnceWhoseRetirerWasKilled() throws IOException {
    generation(5, GaugeMode.SUM);
    final MappedStore store = MappedStore.open(file, true);
    final long series = store.families().find("depth_sum").series[1];
    final Part part = new PartBlocks(store).find(series, 0);
    final long dead = part.owner();
    // As it stands after the word was replaced, before the part was freed.
    final long block = store.arena().takeRecord(PartsDescriptor.RETIRED_LENGTH, new Deadline());
    final Mapping mapping = store.records().mapping(block, PartsDescriptor.RETIRED_LENGTH);
    Memory.ACCESS.putLong(mapping.buffer, mapping.position(block), part.value());
    Memory.ACCESS.putLong(mapping.buffer, mapping.position(block + 8), 0);
    Memory.ACCESS.putLong(mapping.buffer, mapping.position(block + 16), dead);
    final Retired retired = new Retired(store);
    assertThat(retired.read(series)).isTrue();
    assertThat(retired.replace(block)).isTrue();

    assertThat(part.owner()).isEqualTo(dead);
    assertThat(shown(GaugeMode.SUM)).isEqualTo(5);
    generation(1, GaugeMode.SUM);
    assertThat(shown(GaugeMode.SUM)).isEqualTo(6);
    store.close();
  }

  @Test
  void shouldLeavePartsAloneThroughMetricsOfAClosedBackend() {
    final Backend closed = MappedBackend.open(file);
    final BackendFamily live = family(closed, GaugeMode.LIVE_SUM);
    final BackendFamily sum = family(closed, GaugeMode.SUM);
    closed.close();
    try (Backend backend = MappedBackend.open(file)) {
      slot(backend, GaugeMode.LIVE_SUM).set(5);
      slot(backend, GaugeMode.SUM).set(5);
      ((GaugeSlot) live.slot(labels("a"))).set(100);
      ((GaugeSlot) sum.find(labels("a"))).add(100);
      assertThat(shown(GaugeMode.LIVE_SUM)).isEqualTo(5);
      assertThat(shown(GaugeMode.SUM)).isEqualTo(5);

      slot(backend, GaugeMode.LIVE_SUM).set(6);
      slot(backend, GaugeMode.SUM).set(6);
      assertThat(shown(GaugeMode.LIVE_SUM)).isEqualTo(6);
      assertThat(shown(GaugeMode.SUM)).isEqualTo(6);
    }
  }

  @Test
  void shouldCountBesideALockFileThatIsNoFileButHaveNoGauges() throws IOException {
    final Path lock = file.resolveSibling(file.getFileName() + ".lock");
    Files.delete(lock);
    Files.createDirectory(lock);
    try (Backend backend = MappedBackend.open(file)) {
      assertThatThrownBy(() -> family(backend, GaugeMode.LIVE_SUM))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining(lock.toString())
          .hasMessageContaining("no regular file");
    }
  }

  @Test
  void shouldShowInfoOfLiveProcessesOnly() {
    final FamilyDescriptor build =
        FamilyDescriptor.builder(MetricType.INFO, "build").labelNames(List.of("l")).build();
    try (Backend backend = MappedBackend.open(file)) {
      ((GaugeSlot) backend.register(build, labels("__overflow__")).slot(labels("1.2"))).set(1);
      assertThat(Seen.of(backend).labels("build")).containsExactly("l=\"1.2\"");
    }
    try (Backend viewer = MappedBackend.openReadOnly(file)) {
      assertThat(Seen.of(viewer).labels("build")).isEmpty();
    }
  }
}
