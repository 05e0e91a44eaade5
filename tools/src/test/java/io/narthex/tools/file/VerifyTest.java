package io.narthex.tools.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyTest {
  @TempDir private static Path samples;

  private final Commands commands = new Commands();

  @TempDir private Path directory;

  @Test
  void shouldFindNothingInWholeFile() throws IOException {
    final Path file = sample();

    assertThat(commands.run("verify", file.toString())).as(commands.out()).isZero();
    assertThat(commands.out()).startsWith(file + ": whole (").contains("series");
  }

  @Test
  void shouldFindNothingInFileOfKilledWriters() throws IOException {
    final Path file = directory.resolve("orders.nx");
    for (int generation = 0; generation < 3; generation++) {
      try (WriterProcess one = WriterProcess.start(file, "busy", generation);
          WriterProcess two = WriterProcess.start(file, "busy", -generation)) {
        one.kill();
        two.kill();
      }
      assertThat(verify(file)).isEmpty();
    }
  }

  @Test
  void shouldNotCryWolfWhileOthersWrite() throws IOException {
    final Path file = directory.resolve("orders.nx");
    try (WriterProcess one = WriterProcess.start(file, "busy", 1);
        WriterProcess two = WriterProcess.start(file, "busy", 2)) {
      final long deadline = System.nanoTime() + 4_000_000_000L;
      int runs = 0;
      while (runs < 10 || System.nanoTime() < deadline) {
        assertThat(verify(file)).isEmpty();
        runs++;
      }
      assertThat(one.pid()).isNotEqualTo(two.pid());
    }
  }

  @Test
  void shouldFindEveryChangedByteUnderChecksum() throws IOException {
    final Path file = sample();
    final List<Long> places = new ArrayList<>();
    for (long at = 0; at < 96; at++) {
      places.add(at);
    }
    final List<Long> inRecords = new ArrayList<>();
    try (FileImage image = FileImage.open(file)) {
      final Directory segments = new Directory(image);
      for (int row = 0; row < segments.rows(); row++) {
        for (long at = 0; at < 48; at++) {
          places.add(Segment.rowAt(row) + at);
        }
      }
      new IndexWords(image, segments)
          .forEach((k, index, n, word) -> addChecked(image, IndexWords.offset(word), inRecords));
    }
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1_500; i++) {
      places.add(inRecords.get(random.nextInt(inRecords.size())));
    }

    try (FileChannel channel = open(file)) {
      for (final long at : places) {
        final byte before = get(channel, at);
        put(channel, at, (byte) (before ^ (1 << random.nextInt(8))));
        assertThat(verify(file)).as("byte " + at).isNotEmpty();
        put(channel, at, before);
      }
    }
    assertThat(verify(file)).isEmpty();
  }

  /** The bytes that the checksum of a record covers, and that checksum. */
  private static void addChecked(final FileImage image, final long at, final List<Long> places) {
    final boolean series = image.getInt(at + 4) == Layout.SERIES;
    final int length = image.getInt(at);
    for (int i = 0; i < length; i++) {
      final boolean covered = i < 24 || (series ? i < 56 || i >= Layout.SERIES_TEXT : i >= 40);
      if (covered) {
        places.add(at + i);
      }
    }
  }

  @Test
  void shouldFindWhatNoChecksumCoversButAnInvariantDoes() throws IOException {
    final Path file = sample();
    final SeriesRecord[] counter = new SeriesRecord[1];
    final SeriesRecord[] removed = new SeriesRecord[1];
    final SeriesRecord[] state = new SeriesRecord[1];
    final SeriesRecord[] parts = new SeriesRecord[1];
    try (FileImage image = FileImage.open(file)) {
      final Directory segments = new Directory(image);
      final RecordReader records = new RecordReader(image, segments, Findings.NONE);
      new IndexWords(image, segments)
          .forEach(
              (k, index, n, word) -> {
                final SeriesRecord series = records.series(IndexWords.offset(word));
                if (series == null) {
                  return;
                }
                switch (series.shown()) {
                  case "requests_total{zone=\"a\",l=\"n1\"}" -> counter[0] = series;
                  case "requests_total{zone=\"a\",l=\"n3\"}" -> removed[0] = series;
                  case "breaker{zone=\"a\"}" -> state[0] = series;
                  case "parts_sum{zone=\"a\",l=\"x\"}" -> parts[0] = series;
                  default -> {}
                }
              });
    }
    final long cell = counter[0].cellsAt();
    final long baseline = get(file, removed[0].baselineAt()) & ~1L;

    assertChecks(file, counter[0].fractionAt(), cell, "fraction");
    assertChecks(file, counter[0].fractionAt(), 12, "fraction");
    assertChecks(file, counter[0].baselineAt(), baseline, "baseline");
    assertChecks(file, counter[0].baselineAt(), 64, "baseline");
    assertChecks(file, cell, -1_000, "count");
    assertChecks(file, baseline + 8, 3, "baseline sums");
    assertChecks(file, baseline, 1, "baseline time");
    assertChecks(file, state[0].valueAt(), Double.doubleToLongBits(3), "state");
    assertChecks(file, parts[0].cellsAt(), 1_000, "part owner");
    assertChecks(file, counter[0].offset() + 88, 1, "reserved bytes");
    assertChecks(file, counter[0].family().stateAt(), 9, "family state");
    assertChecks(file, counter[0].family().offset() + 32, 3, "number of series");
    assertChecks(file, Layout.INCARNATIONS_AT, 0, "owner");
    assertChecks(file, ProcessRow.rowAt(7), get(file, ProcessRow.rowAt(0)), "owner");
    assertChecks(file, Segment.rowAt(1) + 48, 8, "record");
    assertChecks(file, Segment.rowAt(1) + 48, -8, "units taken");
    assertChecks(file, Segment.rowAt(2), 0, "segments");
    assertChecks(file, 200, 1, "reserved bytes");
  }

  private void assertChecks(final Path file, final long at, final long damage, final String check)
      throws IOException {
    final long before = get(file, at);
    put(file, at, damage);
    assertThat(verify(file)).as(at + " of " + check).anyMatch(one -> one.check().equals(check));
    put(file, at, before);
    assertThat(verify(file)).isEmpty();
  }

  @Test
  void shouldFindRemovedAndDoubledIndexWords() throws IOException {
    final Path file = sample();
    final List<Long> words = new ArrayList<>();
    try (FileImage image = FileImage.open(file)) {
      final Directory segments = new Directory(image);
      final IndexWords index = new IndexWords(image, segments);
      index.forEach((k, segment, n, word) -> words.add(IndexWords.at(segment, n)));
      final Segment segment = index.indexes().get(0);
      for (final long at : words) {
        final long other = at + 8 < segment.end() ? at + 8 : segment.offset();
        final long before = get(file, other);
        put(file, other, get(file, at)); // twice, or in the place of another one
        assertThat(verify(file)).as("word at " + at).isNotEmpty();
        put(file, other, before);
      }
    }
    assertThat(verify(file)).isEmpty();
  }

  @Test
  void shouldGoOnAfterFirstFindingAndSayWhereEachIs() throws IOException {
    final Path file = sample();
    final List<SeriesRecord> found = new ArrayList<>();
    try (FileImage image = FileImage.open(file)) {
      final Directory segments = new Directory(image);
      final RecordReader records = new RecordReader(image, segments, Findings.NONE);
      new IndexWords(image, segments)
          .forEach(
              (k, index, n, word) -> {
                final SeriesRecord series = records.series(IndexWords.offset(word));
                if (series != null && series.shown().matches("requests_total.*n1[0-3].*")) {
                  found.add(series);
                }
              });
    }
    assertThat(found).hasSize(4);
    for (final SeriesRecord series : found) {
      put(file, series.offset() + 32, 7);
    }

    assertThat(commands.run("verify", file.toString())).isOne();
    assertThat(commands.out()).contains(": DAMAGED, 4 findings (");
    for (final SeriesRecord series : found) {
      assertThat(commands.out())
          .containsPattern(
              (series.offset() + 16)
                  + "  record checksum  0x[0-9a-f]+ +0x[0-9a-f]+ +a series of family"
                  + " requests_total, perhaps \\{zone=\"a\",l=\"n1");
    }

    assertThat(commands.run("verify", "--limit", "1", "--json", file.toString())).isOne();
    final JsonObject json = JsonParser.parseString(commands.out()).getAsJsonObject();
    assertThat(json.get("whole").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonObject("finding_counts").get("record checksum").getAsInt())
        .isEqualTo(4);
    assertThat(json.getAsJsonArray("findings")).hasSize(1);
  }

  @Test
  void shouldSayInALineWhatIsNoMappedFile() throws IOException {
    final Path text = Files.writeString(directory.resolve("text"), "# HELP a b\n".repeat(10_000));
    final Path empty = Files.createFile(directory.resolve("empty"));
    for (final Path path : List.of(text, empty, directory, directory.resolve("missing"))) {
      assertThat(commands.run("verify", path.toString())).isOne();
      assertThat(commands.out()).isEmpty();
      assertThat(commands.err().lines()).hasSize(1);
      assertThat(commands.err()).startsWith("narthex: " + path);
    }
    final Path whole = sample();
    assertThat(commands.run("verify", text.toString(), whole.toString())).isOne();
    assertThat(commands.out()).startsWith(whole + ": whole");
  }

  @Test
  void shouldOnlyThrowWhatItDeclaresWhateverIsDamaged() throws IOException {
    final byte[] whole = Files.readAllBytes(sample());
    final SplittableRandom random = new SplittableRandom(11);
    for (int run = 0; run < 100; run++) {
      final Path file = directory.resolve("damaged-" + run);
      final int length = run % 4 == 0 ? random.nextInt(whole.length) : whole.length;
      final ByteBuffer bytes =
          ByteBuffer.wrap(Arrays.copyOf(whole, length)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = random.nextInt(20); i >= 0 && length > 8; i--) {
        damage(bytes, random);
      }
      Files.write(file, bytes.array());
      useAll(file, random.nextLong(Math.max(1, length)));
      Files.delete(file);
    }
  }

  /** Where there is something, most of the time: the rest of the file is zero. */
  private static void damage(final ByteBuffer bytes, final SplittableRandom random) {
    final int[] regions = {0, 128, 4_096, 36_864, 65_536, 131_072};
    final int region = regions[random.nextInt(regions.length)];
    final int at = Math.min(bytes.capacity() - 8, region + random.nextInt(4_096) / 8 * 8);
    switch (random.nextInt(4)) {
      case 0 -> bytes.put(at, (byte) random.nextInt());
      case 1 -> bytes.putLong(at, random.nextLong());
      case 2 -> bytes.putLong(at, random.nextInt(1 << 20));
      default -> bytes.putLong(at, bytes.getLong(at) ^ (1L << random.nextInt(64)));
    }
  }

  private void useAll(final Path file, final long offset) {
    final List<String[]> lines =
        List.of(
            new String[] {"verify", file.toString()},
            new String[] {"inspect", file.toString()},
            new String[] {"inspect", file.toString(), "--json"},
            new String[] {"inspect", file.toString(), "--series"},
            new String[] {"inspect", file.toString(), "--raw", Long.toString(offset)},
            new String[] {
              "compact",
              file.toString(),
              "--skip-damaged",
              "-o",
              file.resolveSibling("new").toString()
            });
    for (final String[] line : lines) {
      final int code = commands.run(line);
      assertThat(code).as(String.join(" ", line)).isBetween(0, 1);
      // A stack trace would have more than one.
      assertThat(commands.err().lines().count()).as(commands.err()).isLessThanOrEqualTo(1);
    }
    delete(file.resolveSibling("new"));
  }

  private static void delete(final Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Of two processes, both killed, of which the second took the first one's place. */
  @BeforeAll
  static void writeSample() throws IOException {
    final Path file = samples.resolve("sample.nx");
    try (WriterProcess writer = WriterProcess.start(file, "all", 0)) {
      writer.kill();
    }
    try (WriterProcess writer = WriterProcess.start(file, "parts", 5)) {
      writer.kill();
    }
  }

  private Path sample() throws IOException {
    return Files.copy(samples.resolve("sample.nx"), directory.resolve("sample.nx"));
  }

  private static List<Finding> verify(final Path file) {
    final FindingList findings = new FindingList(100);
    try (FileImage image = FileImage.open(file)) {
      Verifier.verify(image, findings);
    } catch (final NarthexException e) {
      findings.add(0, "refused", "", e.getMessage(), "file");
    }
    return findings.kept();
  }

  private static FileChannel open(final Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static byte get(final FileChannel channel, final long at) throws IOException {
    final ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, at);
    return one.get(0);
  }

  private static void put(final FileChannel channel, final long at, final byte value)
      throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {value}), at);
  }

  private static long get(final Path file, final long at) {
    try (FileImage image = FileImage.open(file)) {
      return image.getLong(at);
    }
  }

  private static void put(final Path file, final long at, final long value) throws IOException {
    try (FileChannel channel = open(file)) {
      channel.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value), at);
    }
  }
}
