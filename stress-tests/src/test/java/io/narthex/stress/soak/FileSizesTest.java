package io.narthex.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.SegmentRow;
import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The prediction for a file as large as the soak's is after hours. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FileSizesTest {
  /** What a removal of a counter leaves, as {@code docs/file-format.md} has it. */
  private static final int NOTE = 32;

  private static final long ROOM = 1L << 30;

  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldPredictAFileThatGrowsByTheLongestStep() throws IOException {
    final long free = Files.getFileStore(stage.directory()).getUsableSpace();
    Skip.unless(
        free > ROOM,
        () -> "%d bytes of files are free, and the test wants %d".formatted(free, ROOM));
    final Path file = stage.path("large.nx");
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.builder(file).initialSize(256 << 20).open())) {
      final Counter counter = Counter.builder("n").labelNames("n").register(registry);
      counter.labelValues("a").inc();
      final List<SegmentRow> before = SegmentRow.of(file);
      final long notes = FileSizes.capacityOfNewest(before) / NOTE;
      for (long n = 0; n < notes; n++) {
        counter.labelValues("a").inc();
        while (!counter.remove("a")) {
          Thread.onSpinWait(); // the file has not grown in time
        }
      }
      assertThat(FileSizes.recordBytes(SegmentRow.of(file)))
          .isEqualTo(FileSizes.recordBytes(before) + notes * NOTE);
      assertThat(Files.size(file))
          .isEqualTo(FileSizes.afterRecords(before, notes * NOTE, NOTE))
          .isEqualTo((256L + 128) << 20);
    }
  }
}
