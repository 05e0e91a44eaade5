package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.SegmentRow;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What random damage lies behind has to be reachable, and there to be aimed at. */
final class FileLayoutTest {
  /** Which a file has once, or which are no place. */
  private static final Set<Region> NOT_IN_SEGMENTS =
      EnumSet.of(Region.HEADER, Region.PROCESSES, Region.ANYWHERE, Region.LENGTH);

  @AutoClose private final Stage stage = Stage.open();

  @ParameterizedTest
  @EnumSource
  void shouldRepairEveryChecksum(final SampleSort sort) throws IOException {
    final byte[] whole = Files.readAllBytes(sort.write(stage.directory()));
    final byte[] damaged = whole.clone();
    final ByteBuffer buffer = FileLayout.buffer(damaged);
    buffer.putLong(FileLayout.HEADER_CHECKSUM, 1);
    for (int row = 0; FileLayout.kind(buffer, row) != 0; row++) {
      buffer.putLong(FileLayout.DIRECTORY + row * FileLayout.ROW + FileLayout.ROW_CHECKSUM, 1);
    }
    for (final Fields.Entry record : Fields.of(whole).records()) {
      buffer.putLong(record.at() + FileLayout.RECORD_CHECKSUM, 1);
    }
    FileLayout.repair(damaged, whole);
    assertThat(damaged).isEqualTo(whole);
  }

  @Test
  void shouldHaveOneSegmentOfEachKindInANewFile() throws IOException {
    final Path file = SampleSort.NEW.write(stage.directory());
    FileVerifier.verify(file);
    assertThat(SegmentRow.of(file))
        .extracting(SegmentRow::kind)
        .containsExactlyInAnyOrder(SegmentRow.INDEX, SegmentRow.RECORDS, SegmentRow.CELLS);
    final Fields fields = Fields.of(Files.readAllBytes(file));
    for (final Region region : Region.values()) {
      assertThat(fields.later(region)).as(region.name()).isEmpty();
    }
  }

  @Test
  void shouldHurtEachRegionOfBothSorts() {
    // The sort goes by the seed's parity, the region by the rest of a division by their number.
    assertThat(Region.values().length % SampleSort.values().length).isPositive();
  }

  @Test
  void shouldAimAtLaterSegmentsOfAFileThatGrew() throws IOException {
    final Path file = SampleSort.GROWN.write(stage.directory());
    FileVerifier.verify(file);
    final List<SegmentRow> rows = SegmentRow.of(file);
    for (final long kind : new long[] {SegmentRow.INDEX, SegmentRow.RECORDS, SegmentRow.CELLS}) {
      assertThat(rows).filteredOn(row -> row.kind() == kind).hasSizeGreaterThan(1);
    }
    assertThat(Files.size(file)).as("small enough to damage many").isLessThan(2 << 20);
    final Fields fields = Fields.of(Files.readAllBytes(file));
    for (final Region region : EnumSet.complementOf(EnumSet.copyOf(NOT_IN_SEGMENTS))) {
      assertThat(fields.later(region)).as(region.name()).hasSizeGreaterThan(10);
      assertThat(fields.aims(region)).as(region.name()).isEqualTo(fields.later(region));
      assertThat(fields.of(region))
          .as(region.name())
          .containsAll(fields.later(region))
          .hasSizeGreaterThan(fields.later(region).size());
    }
    for (final Region region : NOT_IN_SEGMENTS) {
      assertThat(fields.later(region)).as(region.name()).isEmpty();
    }
  }
}
