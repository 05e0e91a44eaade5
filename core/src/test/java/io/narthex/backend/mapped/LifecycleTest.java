package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricConflictException;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files, and metrics in them, that earlier programs left. */
final class LifecycleTest {
  private static final int VERSION_AT = 12;
  private static final int STRIPES_AT = 16;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void choosePath() {
    file = directory.resolve("app.nx");
  }

  private MetricRegistry open(final WhenUnused unused, final WhenIncompatible incompatible) {
    return MetricRegistry.create(
        MappedBackend.builder(file).whenUnused(unused).whenIncompatible(incompatible).open());
  }

  private MetricRegistry replacing() {
    return open(WhenUnused.KEEP, WhenIncompatible.REPLACE_IF_UNUSED);
  }

  private static Histogram times(final MetricRegistry registry, final double... bounds) {
    return Histogram.builder("time").buckets(bounds).register(registry);
  }

  private void damage(final int at) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {77}), at);
    }
  }

  @Test
  void shouldResetUnusedFileButNotOneThatThisProcessHasOpen() {
    for (final double expected : new double[] {1, 1}) {
      try (MetricRegistry registry = open(WhenUnused.RESET, WhenIncompatible.FAIL)) {
        Counter.builder("jobs").register(registry).inc();
        assertThat(Seen.of(registry::visit).value("jobs", "")).isEqualTo(expected);
        try (MetricRegistry second = open(WhenUnused.RESET, WhenIncompatible.FAIL)) {
          assertThat(Seen.of(second::visit).value("jobs", "")).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {VERSION_AT, STRIPES_AT})
  void shouldReplaceFileWithBadHeaderOnlyIfTold(final int at) throws IOException {
    FileCreator.create(file, new MappedOptions(512 << 10, 4, 1 << 20));
    damage(at);
    // Of a new one it would be waited for.
    final Path lock = Files.createFile(directory.resolve("app.nx.lock"));
    Files.setLastModifiedTime(lock, FileTime.fromMillis(0));
    assertThatThrownBy(() -> MappedBackend.open(file)).isInstanceOf(NarthexException.class);
    try (MetricRegistry registry = replacing()) {
      Counter.builder("jobs").register(registry).inc();
    }
    MappedBackend.openReadOnly(file).close();
  }

  @Test
  void shouldNotReplaceFileWithBadHeaderThatIsInUse() throws IOException {
    final MetricRegistry user = MetricRegistry.create(MappedBackend.open(file));
    // Another file has the path, for this one is open here and would be shared.
    final Path old = directory.resolve("old.nx");
    Files.move(file, old);
    Files.copy(old, file);
    damage(VERSION_AT);
    assertThatThrownBy(this::replacing)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("layout version")
        .hasMessageContaining("app.nx.lock");
    user.close();
  }

  @Test
  void shouldNeverReplaceWhatIsNoNarthexFile() throws IOException {
    Files.writeString(file, "a diary");
    assertThatThrownBy(this::replacing)
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("no Narthex file");
    assertThat(file).hasContent("a diary");
  }

  @Test
  void shouldReplaceMetricThatEarlierProgramLeftOnlyIfTold() {
    try (MetricRegistry earlier = MetricRegistry.create(MappedBackend.open(file))) {
      times(earlier, 1, 2).observe(1);
    }
    try (MetricRegistry strict = MetricRegistry.create(MappedBackend.open(file))) {
      assertThatThrownBy(() -> times(strict, 1, 5))
          .isInstanceOf(MetricConflictException.class)
          .hasMessageContaining("alive")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }
    try (MetricRegistry registry = replacing()) {
      times(registry, 1, 5).observe(1);
      assertThat(Seen.of(registry::visit).family("time").bound(1)).isEqualTo(5);
      assertThat(times(registry, 1, 5).count()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotReplaceMetricThatThisProcessRegistered() {
    try (MetricRegistry registry = replacing()) {
      times(registry, 1, 2).observe(1);
      assertThatThrownBy(() -> times(registry, 1, 5)).isInstanceOf(MetricConflictException.class);
      assertThat(times(registry, 1, 2).count()).isEqualTo(1);
    }
  }
}
