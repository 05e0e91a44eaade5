package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What random damage lies behind has to be reachable. */
final class FileLayoutTest {
  @AutoClose private final Stage stage = Stage.open();

  @Test
  void shouldRepairEveryChecksum() throws IOException {
    final Path sample = stage.path("whole.nx");
    SampleFile.write(sample);
    final byte[] whole = Files.readAllBytes(sample);
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
}
