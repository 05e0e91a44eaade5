package io.narthex.tools.file;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Holds a file to all that its format promises. It goes through the file once, whatever is wrong
 * with it, and may do so while others write: what may change is read in the order in which the
 * format has it change, or read again before it is called wrong.
 */
final class Verifier {
  private final FileImage image;
  private final Findings findings;
  private final Header header;
  private final Directory directory;
  private final Ownership ownership = new Ownership();
  private final FamilyCheck families;
  private final LabelCheck labels;
  private final RecordReader records;
  private final IndexWords words;
  private final IndexCheck index;
  private long recordCount;
  private long seriesCount;

  private Verifier(final FileImage image, final Findings findings) {
    this.image = image;
    this.findings = findings;
    this.header = Header.read(image);
    this.directory = new Directory(image);
    this.families = new FamilyCheck(image, findings);
    this.labels = new LabelCheck(findings);
    this.records = new RecordReader(image, directory, findings);
    this.words = new IndexWords(image, directory);
    this.index =
        header.hasPossibleWindow()
            ? new IndexCheck(image, words, records, (int) header.window(), findings)
            : null;
  }

  /**
   * Verifies a file.
   *
   * @param findings receives what is wrong
   * @return what was verified
   * @throws io.narthex.NarthexException if it is no file of this layout
   */
  static Verified verify(final FileImage image, final Findings findings) {
    return new Verifier(image, findings).run();
  }

  private Verified run() {
    final HeaderCheck head = new HeaderCheck(image, header, findings);
    head.header();
    head.directory(directory);
    final Map<Long, Integer> rows = new ProcessCheck(image, findings).check();
    final SeriesCheck series =
        new SeriesCheck(image, directory, ownership, stripes(), rows, findings);
    words.forEach((k, segment, number, word) -> word(series, k, segment, number, word));
    series.checkRetired();
    checkListed();
    families.end();
    for (final Segment segment : directory.segments()) {
      checkUnused(segment);
    }
    return new Verified(
        image.size(), directory.segments().size(), families.count(), seriesCount, recordCount);
  }

  /** As the cells have it, should the header be damaged. */
  private int stripes() {
    if (header.isTrusted() && header.hasPossibleStripes()) {
      return (int) header.stripes();
    }
    return directory.ofKind(Layout.CELLS).stream()
        .findFirst()
        .map(segment -> (int) segment.stripes())
        .orElse(1);
  }

  private void word(
      final SeriesCheck series,
      final int k,
      final Segment segment,
      final int number,
      final long word) {
    final long offset = IndexWords.offset(word);
    final long at = IndexWords.at(segment, number);
    recordCount++;
    if ((offset & 7) != 0 || directory.find(Layout.RECORDS, offset, Layout.PREFIX) == null) {
      findings.add(at, "index word", "the offset of a record", offset, "index");
      return;
    }
    switch (records.kind(offset)) {
      case Layout.FAMILY -> {
        final FamilyRecord family = records.family(offset);
        if (family != null
            && isKeyRight(word, at, offset, family.hash(), 0, name(family), family)
            && take(offset, family.length(), family)) {
          families.check(family);
          if (index != null) {
            index.family(k, number, family);
          }
        }
      }
      case Layout.SERIES -> {
        final SeriesRecord record = records.series(offset);
        if (record != null
            && isKeyRight(word, at, record)
            && take(offset, record.length(), record)) {
          seriesCount++;
          families.count(record);
          labels.check(record);
          series.check(record);
          if (index != null) {
            index.series(k, number, record);
          }
        }
      }
      default ->
          findings.add(
              offset + 4, "record kind", "1 or 2", records.kind(offset), "a record of the index");
    }
  }

  private static byte[] name(final FamilyRecord family) {
    return family.name().getBytes(StandardCharsets.UTF_8);
  }

  private boolean isKeyRight(final long word, final long at, final SeriesRecord record) {
    return isKeyRight(
        word, at, record.offset(), record.hash(), record.family().offset(), record.text(), record);
  }

  private boolean isKeyRight(
      final long word,
      final long at,
      final long offset,
      final long hash,
      final long family,
      final byte[] text,
      final Object where) {
    final long computed = KeyHash.of(header.seed(), family, text);
    // With a damaged seed every hash would be wrong.
    if (header.isTrusted() && computed != hash) {
      findings.addBits(offset + 8, "key hash", computed, hash, where);
      return false;
    }
    if (!IndexWords.hasTagOf(word, hash)) {
      findings.addBits(
          at, "index tag", hash >>> Layout.TAG_SHIFT, word >>> Layout.TAG_SHIFT, where);
      return false;
    }
    return true;
  }

  private boolean take(final long offset, final int length, final Object where) {
    final Segment home = directory.find(Layout.RECORDS, offset, length);
    if (!ownership.take(home, offset, length)) {
      findings.add(offset, "record", "bytes of its own", "another's", where);
      return false;
    }
    final long end = offset + length - home.offset();
    if (end > directory.used(home)) {
      findings.add(
          offset,
          "record",
          "within the " + directory.used(home) + " bytes taken of " + home,
          end,
          where);
    }
    return true;
  }

  /**
   * A family that was listed behind this look at the index is there when it is looked for again.
   */
  private void checkListed() {
    final Set<FamilyRecord> unlisted = families.unlisted();
    if (unlisted.isEmpty()) {
      return;
    }
    final Set<Long> listed = new HashSet<>();
    words.forEach((k, segment, number, word) -> listed.add(IndexWords.offset(word)));
    for (final FamilyRecord family : unlisted) {
      if (!listed.contains(family.offset())) {
        findings.add(family.offset(), "family", "an index word that leads to it", "none", family);
      }
    }
  }

  /** What nobody has taken is zero: a new series counts from there. */
  private void checkUnused(final Segment segment) {
    if (segment.kind() == Layout.INDEX) {
      return;
    }
    final int slabs = segment.kind() == Layout.CELLS ? (int) segment.stripes() : 1;
    final long step = segment.kind() == Layout.CELLS ? segment.stride() : segment.length();
    final long unit = segment.kind() == Layout.CELLS ? Long.BYTES : 1;
    for (int slab = 0; slab < slabs; slab++) {
      final long begin = segment.offset() + slab * step;
      long from = begin;
      while (from < begin + step) {
        final long used = directory.used(segment);
        if (used < 0 || used > segment.capacity()) {
          return; // told of the directory
        }
        from = Math.max(from, begin + Layout.aligned(used * unit));
        final long at = image.firstNonZero(from, begin + step);
        if (at < 0) {
          break;
        }
        if (at >= begin + Layout.aligned(directory.used(segment) * unit)) {
          findings.addBits(
              at,
              "free " + Layout.kindName(segment.kind()),
              0,
              image.getLong(at),
              segment.toString());
          return; // there may be as many as there are bytes
        }
      }
    }
  }
}
