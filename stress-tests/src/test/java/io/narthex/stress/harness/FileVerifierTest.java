package io.narthex.stress.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The verifier notices what no checksum covers. */
final class FileVerifierTest {
  private static final int ROW = 64;
  private static final int PROCESS_TABLE = 4_096;
  private static final int TEXT_OFFSET = 96;
  private static final int CELLS_OFFSET = 40;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("parts.nx");

  @Test
  void shouldRefusePartsOfOwnersThatNeverWereOrHaveAnotherRow() throws IOException {
    for (int generation = 0; generation < 2; generation++) {
      try (MetricRegistry registry =
          MetricRegistry.create(
              MappedBackend.builder(file).initialSize(512 << 10).stripes(2).open())) {
        Gauge.builder("depth")
            .mode(GaugeMode.SUM)
            .labelNames("l")
            .register(registry)
            .labelValues("a")
            .inc();
      }
    }
    FileVerifier.verify(file);
    final ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    // One char for each byte.
    final String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
    final int record = text.indexOf("l=\"a\"") - TEXT_OFFSET;
    final int part = (int) bytes.getLong(record + CELLS_OFFSET);
    assertThat(bytes.getLong(part)).isEqualTo(2);

    bytes.putLong(part, 3);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> FileVerifier.verify(file))
        .hasMessageContaining("the number of the owner of a part");

    bytes.putLong(part, 2);
    bytes.putLong(PROCESS_TABLE, 1);
    bytes.putLong(PROCESS_TABLE + ROW, 2);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> FileVerifier.verify(file))
        .hasMessageContaining("its owner 2 has row 1");
  }
}
