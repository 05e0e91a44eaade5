package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * One bad record is left out and counted, and all others are served as they were: each record in
 * turn is damaged at some of its bytes that never change, or, with {@code
 * -Dnarthex.stress.damage.bytes=all}, at each of them.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class LeftOutRecordTest {
  private static final boolean ALL =
      "all".equals(System.getProperty("narthex.stress.damage.bytes"));
  private static final int SOME = 6;
  private static final String BAD_RECORDS = "narthex_bad_records";

  @AutoClose private final Stage stage = Stage.open();

  /** Each record that is left out is logged, and there are hundreds. */
  private final Logger log = Logger.getLogger("io.narthex.backend.mapped.Catalog");

  private final Path file = stage.path("damaged.nx");

  @BeforeEach
  void beSilent() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void beHeard() {
    log.setLevel(null);
  }

  @Test
  void shouldServeAllOtherRecordsWhenOneIsDamaged(final TestReporter reporter) throws IOException {
    SampleFile.write(file);
    // Without it nobody is alive; a new one would leave that open for its first five seconds.
    Files.delete(Path.of(file + ".lock"));
    final byte[] whole = Files.readAllBytes(file);
    final Map<String, Double> sound = samples();
    assertThat(sound).containsEntry(BAD_RECORDS, 0.0).hasSizeGreaterThan(100);
    final Random random = new Random(1);
    long damaged = 0;
    for (final Fields.Entry record : Fields.of(whole).records()) {
      final int length = FileLayout.buffer(whole).getInt(record.at());
      for (int i = 0; i < (ALL ? length : SOME); i++) {
        final int at = ALL ? i : random.nextInt(length);
        if (isImmutable(record.kind(), at)) {
          final byte[] bytes = whole.clone();
          bytes[record.at() + at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
          Files.write(file, bytes);
          check(sound, whole, record, at);
          damaged++;
        }
      }
    }
    assertThat(damaged).isGreaterThan(200);
    reporter.publishEntry("damaged bytes of records", Long.toString(damaged));
  }

  private static boolean isImmutable(final int kind, final int at) {
    return kind == FileLayout.SERIES
        ? at < 56 || at >= FileLayout.SERIES_TEXT
        : at < 24 || at >= 40;
  }

  private void check(
      final Map<String, Double> sound,
      final byte[] whole,
      final Fields.Entry record,
      final int damagedAt) {
    final Map<String, Double> expected = new HashMap<>(sound);
    final String prefix = prefix(whole, record);
    expected.keySet().removeIf(sample -> sample.startsWith("narthex_"));
    if (record.kind() == FileLayout.SERIES) {
      final String labels = FileLayout.labels(whole, record.at());
      expected
          .keySet()
          .removeIf(
              sample ->
                  isOf(sample, prefix) && sample.contains(labels.isEmpty() ? "" : '{' + labels));
    } else {
      expected.keySet().removeIf(sample -> isOf(sample, prefix));
    }
    final Map<String, Double> served = samples();
    assertThat(served.get(BAD_RECORDS)).as("%s at %d", record, damagedAt).isPositive();
    served.keySet().removeIf(sample -> sample.startsWith("narthex_"));
    assertThat(served).as("%s at %d", record, damagedAt).isEqualTo(expected);
  }

  /** Whether a sample is of the family of a name: families of the sample file end in no suffix. */
  private static boolean isOf(final String sample, final String family) {
    final String name = sample.indexOf('{') < 0 ? sample : sample.substring(0, sample.indexOf('{'));
    return name.equals(family)
        || name.equals(family + "_total")
        || name.equals(family + "_info")
        || name.equals(family + "_bucket")
        || name.equals(family + "_sum")
        || name.equals(family + "_count");
  }

  /** The name of the family that a record is, or is of. */
  private static String prefix(final byte[] whole, final Fields.Entry record) {
    final ByteBuffer buffer = FileLayout.buffer(whole);
    final int family =
        record.kind() == FileLayout.SERIES
            ? (int) buffer.getLong(record.at() + FileLayout.SERIES_FAMILY)
            : record.at();
    return FileLayout.name(whole, family);
  }

  private Map<String, Double> samples() {
    return new HashMap<>(Page.of(file).samples());
  }
}
