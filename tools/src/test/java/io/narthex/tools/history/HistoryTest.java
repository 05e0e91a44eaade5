package io.narthex.tools.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import io.narthex.tools.history.HistoryDirectory.Segment;
import io.narthex.tools.reading.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final long LARGE = 64 << 20;

  @TempDir private Path directory;

  @Test
  void shouldReplayWhatWasRecorded() {
    final List<String> written = record(new Readings(1, 20), 500, LARGE);

    assertThat(replayed()).isEqualTo(written);
    assertThat(HistoryReader.open(directory).timeline().size()).isEqualTo(500);
  }

  @Test
  void shouldGoOnBehindAnEarlierRecording() {
    final Readings readings = new Readings(2, 5);
    final List<String> written = record(readings, 10, LARGE);
    written.addAll(record(readings, 10, LARGE));

    assertThat(replayed()).isEqualTo(written);
  }

  @Test
  void shouldDropTheOldestAndNeverExceedItsSize() throws IOException {
    final Readings readings = new Readings(3, 60);
    final List<String> written = new ArrayList<>();
    try (HistoryWriter writer = HistoryWriter.open(directory, HistoryWriter.SIZE_MIN)) {
      for (int i = 0; i < 400; i++) {
        final Reading reading = readings.next();
        writer.write(reading);
        written.add(Readings.text(reading));
        assertThat(bytes()).isLessThanOrEqualTo(HistoryWriter.SIZE_MIN).isEqualTo(writer.size());
      }
    }
    final List<String> kept = replayed();
    assertThat(kept).hasSizeBetween(5, 399);
    assertThat(kept).isEqualTo(written.subList(written.size() - kept.size(), written.size()));
    assertThat(bytes()).isGreaterThan(HistoryWriter.SIZE_MIN / 2);
  }

  @Test
  void shouldNotExceedItsSizeByNotes() throws IOException {
    final Random random = new Random(1);
    try (HistoryWriter writer = HistoryWriter.open(directory, HistoryWriter.SIZE_MIN)) {
      for (int i = 0; i < 500; i++) {
        final byte[] text = new byte[1000];
        random.nextBytes(text);
        writer.note(i, new String(text, StandardCharsets.ISO_8859_1));
        assertThat(bytes()).isLessThanOrEqualTo(HistoryWriter.SIZE_MIN).isEqualTo(writer.size());
      }
    }
    assertThat(HistoryReader.open(directory).timeline().notes()).hasSizeBetween(50, 499);
  }

  @Test
  void shouldGoOnWhenSomebodyDeletesTheOldestSegments() throws IOException {
    final Readings readings = new Readings(9, 60);
    String last = "";
    try (HistoryWriter writer = HistoryWriter.open(directory, HistoryWriter.SIZE_MIN)) {
      for (int i = 0; i < 400; i++) {
        final List<Segment> segments = new HistoryDirectory(directory).segments();
        if (segments.size() > 3) {
          Files.delete(segments.get(0).path());
        }
        final Reading reading = readings.next();
        writer.write(reading);
        last = Readings.text(reading);
        assertThat(writer.size()).isBetween(bytes(), HistoryWriter.SIZE_MIN);
      }
    }
    assertThat(replayed()).last().isEqualTo(last);
  }

  @Test
  void shouldGoOnBehindAStateThatWasRefused() {
    final Reading first = new Readings(4, 5).next();
    final Reading large = new Readings(4, 10_000).next();
    final List<String> written = new ArrayList<>();
    try (HistoryWriter writer = HistoryWriter.open(directory, HistoryWriter.SIZE_MIN)) {
      for (int i = 0; i < 10; i++) {
        final Reading reading = Reading.of(first.takenMillis() + i, first.families());
        writer.write(reading);
        written.add(Readings.text(reading));
        if (i == 4) {
          assertThatThrownBy(() -> writer.write(large)).isInstanceOf(NarthexException.class);
        }
      }
    }
    assertThat(replayed()).isEqualTo(written);
  }

  @Test
  void shouldRefuseAStateThatIsTooLargeForTheHistory() {
    final Reading large = new Readings(4, 10_000).next();
    try (HistoryWriter writer = HistoryWriter.open(directory, HistoryWriter.SIZE_MIN)) {
      assertThatThrownBy(() -> writer.write(large))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("--max-size");
    }
  }

  @Test
  void shouldRefuseASecondRecordingAtOnce() {
    try (HistoryWriter writer = HistoryWriter.open(directory, LARGE)) {
      writer.note(1, "first");
      assertThatThrownBy(() -> HistoryWriter.open(directory, LARGE))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("another process records into");
    }
    HistoryWriter.open(directory, LARGE).close();
  }

  @Test
  void shouldReplayUpToTheLastWholeEntryWhereverItIsCutOff() throws IOException {
    final List<String> written = record(new Readings(5, 2), 20, LARGE);
    final Path segment = onlySegment();
    final byte[] whole = Files.readAllBytes(segment);
    int last = -1;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(segment, Arrays.copyOf(whole, length));
      final HistoryReader reader = HistoryReader.open(directory);
      final List<String> kept = replayed(reader);
      assertThat(written.subList(0, kept.size())).isEqualTo(kept);
      assertThat(kept.size()).isBetween(last, last + 1);
      assertThat(reader.troubles().isDamaged()).isFalse();
      if (length < SegmentDescriptor.LENGTH) {
        assertThat(reader.troubles().messages())
            .containsExactly(
                "history-000001.nxh: it has no entries, and no whole head: it is being written, or"
                    + " the recording was ended while it was");
      }
      last = Math.max(0, kept.size());
    }
    assertThat(last).isEqualTo(20);
  }

  @Test
  void shouldGoOnBehindASegmentWithoutAHead() throws IOException {
    final Readings readings = new Readings(10, 2);
    final List<String> written = record(readings, 5, LARGE);
    Files.createFile(directory.resolve("history-000002.nxh"));
    written.addAll(record(readings, 5, LARGE));

    final HistoryReader reader = HistoryReader.open(directory);
    assertThat(replayed(reader)).isEqualTo(written);
    assertThat(reader.troubles().isDamaged()).isFalse();
  }

  @Test
  void shouldTellOfAFileThatIsNoSegment() throws IOException {
    record(new Readings(11, 2), 5, LARGE);
    Files.writeString(directory.resolve("history-000002.nxh"), "NXHISTERY");

    final HistoryReader reader = HistoryReader.open(directory);
    assertThat(replayed(reader)).hasSize(5);
    assertThat(reader.troubles().isDamaged()).isTrue();
  }

  @Test
  void shouldLeaveOutASegmentOfAnotherVersion() throws IOException {
    final Readings readings = new Readings(12, 2);
    record(readings, 5, LARGE);
    final Path segment = onlySegment();
    final ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8, 2);
    bytes.putInt(28, SegmentDescriptor.crc(bytes, 0, 28));
    Files.write(segment, bytes.array());
    final List<String> written = record(readings, 5, LARGE);

    final HistoryReader reader = HistoryReader.open(directory);
    assertThat(replayed(reader)).isEqualTo(written);
    assertThat(reader.troubles().isDamaged()).isTrue();
    assertThat(reader.troubles().messages())
        .containsExactly(
            "history-000001.nxh: left out: it has the version 2, and this program reads version"
                + " 1");
  }

  @Test
  void shouldTellWhereItIsDamagedAndShowAllElse() throws IOException {
    final List<String> written = record(new Readings(6, 3), 150, LARGE);
    final Path segment = onlySegment();
    final byte[] whole = Files.readAllBytes(segment);
    final Map<Integer, Integer> offsets = offsets(segment);
    final Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      final byte[] damaged = whole.clone();
      final int at =
          SegmentDescriptor.LENGTH + random.nextInt(whole.length - SegmentDescriptor.LENGTH);
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(segment, damaged);
      final HistoryReader reader = HistoryReader.open(directory);
      final List<String> kept = replayed(reader);

      // The entry that has the damaged byte is told by its offset.
      int offset = 0;
      for (final int one : offsets.keySet()) {
        offset = one <= at ? one : offset;
      }
      assertThat(reader.troubles().isDamaged()).isTrue();
      assertThat(reader.troubles().messages())
          .first()
          .asString()
          .startsWith(segment.getFileName() + ": damaged at offset " + offset + ": ");
      // A change costs one moment, a keyframe those up to the next one.
      final int lost = offsets.get(offset);
      assertThat(kept).hasSize(150 - lost);
      assertThat(written).containsSubsequence(kept);
    }
  }

  @Test
  void shouldShowOtherSegmentsWhereTheHeadOfOneIsDamaged() throws IOException {
    final Readings readings = new Readings(7, 3);
    final List<String> written = record(readings, 5, LARGE);
    written.addAll(record(readings, 5, LARGE));
    final Path first = new HistoryDirectory(directory).segments().get(0).path();
    final byte[] bytes = Files.readAllBytes(first);
    bytes[3]++;
    Files.write(first, bytes);

    final HistoryReader reader = HistoryReader.open(directory);
    assertThat(replayed(reader)).isEqualTo(written);
    assertThat(reader.troubles().messages())
        .containsExactly(
            "history-000001.nxh: damaged at offset 0: it does not begin as a segment of a history"
                + " does");
  }

  @Test
  void shouldReadNoMoreThanATimeAsksFor() {
    final List<String> written = record(new Readings(8, 5), 200, LARGE);
    final long first = HistoryReader.open(directory).timeline().first();

    final List<String> shown = new ArrayList<>();
    HistoryReader.open(directory)
        .visit(first + 100_000, first + 110_000, reading -> shown.add(Readings.text(reading)));
    assertThat(shown).isEqualTo(written.subList(100, 111));
  }

  @Test
  void shouldTellWhenNothingWasRecorded() {
    final Timeline timeline = new Timeline();
    for (final long second : new long[] {0, 1, 2, 3, 6, 7, 60, 61, 63}) {
      timeline.add(second * 1000);
    }
    assertThat(timeline.gaps()).containsExactly(new Timeline.Gap(7000, 60_000));
    assertThat(timeline.within(5000, 8000).size()).isEqualTo(2);
    assertThat(timeline.atOrBefore(59_999)).isEqualTo(7000);
    assertThat(timeline.atOrBefore(-1)).isNull();
  }

  private List<String> record(final Readings readings, final int moments, final long maxSize) {
    final List<String> written = new ArrayList<>();
    try (HistoryWriter writer = HistoryWriter.open(directory, maxSize)) {
      for (int i = 0; i < moments; i++) {
        final Reading reading = readings.next();
        writer.write(reading);
        written.add(Readings.text(reading));
      }
    }
    return written;
  }

  private List<String> replayed() {
    final HistoryReader reader = HistoryReader.open(directory);
    final List<String> shown = replayed(reader);
    assertThat(reader.troubles().messages()).isEmpty();
    return shown;
  }

  private static List<String> replayed(final HistoryReader reader) {
    final List<String> shown = new ArrayList<>();
    reader.visit(Long.MIN_VALUE, Long.MAX_VALUE, reading -> shown.add(Readings.text(reading)));
    return shown;
  }

  private Path onlySegment() {
    final List<Segment> segments = new HistoryDirectory(directory).segments();
    assertThat(segments).hasSize(1);
    return segments.get(0).path();
  }

  /** Where the entries begin, and how many moments go with each. */
  private static Map<Integer, Integer> offsets(final Path segment) throws IOException {
    final Map<Integer, Integer> offsets = new LinkedHashMap<>();
    final SegmentReader entries = SegmentReader.open(new Segment(segment, 1), new Troubles());
    while (entries.next()) {
      offsets.put(entries.offset(), 1);
      if (entries.kind() == EntryDescriptor.CHANGE) {
        offsets.merge(entries.base(), 1, Integer::sum);
      }
    }
    return offsets;
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (final Segment segment : new HistoryDirectory(directory).segments()) {
      bytes += segment.size();
    }
    return bytes;
  }
}
