package io.narthex.stress.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file whose segments lie beyond what an int can address. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LargeFileTest {
  private static final long SIZE = 2_200L << 20;
  private static final long ROOM = 6L << 30;
  private static final int COUNTERS = 3_000;
  private static final Duration GUARD = Duration.ofMinutes(8);

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldCountInSegmentsBeyondTwoGigabytes() throws IOException {
    final long free = Files.getFileStore(stage.directory()).getUsableSpace();
    final long memory = availableMemory();
    Skip.unless(
        Math.min(free, memory) > ROOM,
        () ->
            "%d bytes of files are free and %d of memory, and the test wants %d of both"
                .formatted(free, memory, ROOM));
    final Path file = stage.path("large.nx");
    final ChildJvm child = stage.start(LargeFileWriter.class, file, SIZE, COUNTERS);
    final int histograms = Integer.parseInt(child.await("histograms: ", GUARD));
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
    assertThat(Files.size(file)).isGreaterThan(SIZE);
    final Sums seen = sums(MappedBackend.openReadOnly(file));
    System.out.printf(
        "large file: %d MiB, %d histograms of %d, %d counters of %d%n",
        Files.size(file) >> 20, seen.histograms, histograms, seen.counters, COUNTERS);
    seen.check(histograms);
    sums(LargeFileWriter.open(file)).check(histograms);
  }

  /** A file in shared memory takes memory. */
  private static long availableMemory() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }

  private static Sums sums(final MappedBackend opened) {
    try (MappedBackend backend = opened) {
      final Sums sums = new Sums();
      backend.visit(sums);
      return sums;
    }
  }

  private static final class Sums implements SeriesVisitor<RuntimeException> {
    private final byte[] labels = new byte[LargeFileWriter.LABEL_LENGTH + 100];
    private FamilyDescriptor family;
    private int counters;
    private int histograms;
    private double counted;
    private double observed;
    private long observations;

    @Override
    public boolean family(final FamilyDescriptor next) {
      family = next;
      return !next.name().startsWith("narthex_");
    }

    @Override
    public void series(final Series series) {
      series.copyLabels(labels, 0);
      if (family.type() == MetricType.COUNTER) {
        counters++;
        counted += series.value();
      } else {
        histograms++;
        observed += series.sum();
        for (int bucket = 0; bucket <= family.boundCount(); bucket++) {
          observations += series.bucket(bucket);
        }
      }
    }

    /** The sums are exact; a few series may have overflowed while the file was slow to grow. */
    void check(final int expected) {
      assertThat(counters).isBetween(COUNTERS * 9 / 10, COUNTERS + 1);
      assertThat(counted).isEqualTo((COUNTERS - 1.0) * COUNTERS / 2 + 2_000);
      assertThat(histograms).isBetween(expected * 9 / 10, expected + 1);
      assertThat(observed).isEqualTo((expected - 1.0) * expected / 2 + 2_000);
      assertThat(observations).isEqualTo(expected + 2L);
    }
  }
}
