package io.narthex.tools.file;

import io.narthex.NarthexException;
import io.narthex.tools.text.Failures;
import io.narthex.tools.text.Numbers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Makes a compacted copy of a file that nobody counts into: beside its place, and whole, before it
 * gets its name. The file itself is only read.
 */
final class Compactor {
  private final FileImage image;
  private final Path target;
  private final boolean skipDamaged;

  private Compactor(final FileImage image, final Path target, final boolean skipDamaged) {
    this.image = image;
    this.target = target;
    this.skipDamaged = skipDamaged;
  }

  /**
   * Makes the copy.
   *
   * @param target where there is nothing as yet
   * @param skipDamaged whether to leave damaged records out rather than to refuse
   * @throws NarthexException if it cannot be made; there is nothing at the target then
   */
  static Compacted compact(final FileImage image, final Path target, final boolean skipDamaged) {
    return new Compactor(image, target, skipDamaged).run();
  }

  private Compacted run() {
    final Header header = Header.read(image);
    if (!header.isTrusted() || !header.hasPossibleStripes() || !header.hasPossibleWindow()) {
      throw new NarthexException(
          image.path() + " has a damaged header, so it cannot be compacted; see narthex verify");
    }
    if (Files.exists(target)) {
      throw exists();
    }
    final Directory directory = new Directory(image);
    for (int row = 0; row < directory.rows(); row++) {
      if (!directory.isUsable(row) && !skipDamaged) {
        throw new NarthexException(
            "segment "
                + row
                + " of "
                + image.path()
                + " is damaged, and what is in it would be lost; see narthex verify, or leave it"
                + " out with --skip-damaged");
      }
    }
    final long before = image.getLong(Layout.INCARNATIONS_AT);
    requireUnused(header);
    final ProcessRows processes = new ProcessRows(image, header.seed());
    final Kept kept = Kept.of(image, directory, processes);
    if (kept.damaged() > 0 && !skipDamaged) {
      throw new NarthexException(
          image.path()
              + " has "
              + Numbers.count(kept.damaged(), "damaged record", "damaged records")
              + ", which would be lost; see narthex verify, or leave them out with"
              + " --skip-damaged");
    }
    final long size = write(header, kept, before);
    return new Compacted(
        image.size(), size, kept.series(), kept.dropped(), kept.out(), kept.damaged());
  }

  /** Of what is counted while the copy is made it would have a part only. */
  private void requireUnused(final Header header) {
    final LockBytes locks = LockBytes.of(image.path());
    final StringJoiner pids = new StringJoiner(", ");
    boolean perhaps = false;
    for (int i = 0; i < Layout.PROCESS_ROWS; i++) {
      final ProcessRow row = ProcessRow.read(image, i);
      if (locks.isHeld(row, header.seed())) {
        pids.add(row.isDescribed() ? Long.toString(row.pid()) : "?");
      } else if (row.isUsed() && locks.state(row, header.seed()) == ProcessState.UNKNOWN) {
        perhaps = true;
      }
    }
    if (pids.length() > 0) {
      throw new NarthexException(
          image.path()
              + " is in use by pid "
              + pids
              + ": what they count meanwhile would be lost; end them first");
    }
    if (perhaps) {
      throw new NarthexException(
          "who uses "
              + image.path()
              + " cannot be told"
              + (locks.isReadable()
                  ? " as yet, as its lock file is new; try again in 5 s"
                  : ", as its lock file cannot be read; run as its owner"));
    }
  }

  private long write(final Header header, final Kept kept, final long before) {
    try (NewName name = new NewName(target)) {
      final Path beside = name.beside();
      try (FileChannel channel = name.making(() -> create(beside))) {
        new CompactFile(header, kept, before + 1).write(channel);
      }
      Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(image.path()));
      verify(beside);
      requireUnused(header);
      if (image.getLong(Layout.INCARNATIONS_AT) != before) {
        throw new NarthexException(
            image.path() + " was opened by a process meanwhile; end it and compact anew");
      }
      image.requireWhole(); // or the copy has zeros where there had been counts
      name.give();
      return Files.size(target);
    } catch (final FileAlreadyExistsException e) {
      throw exists();
    } catch (final IOException e) {
      throw new NarthexException("cannot write " + target + ": " + Failures.reason(e), e);
    }
  }

  private static FileChannel create(final Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private NarthexException exists() {
    return new NarthexException(
        target + " exists, and is not overwritten; give another name, or delete it first");
  }

  private static void verify(final Path file) {
    final FindingList findings = new FindingList(1);
    try (FileImage written = FileImage.open(file)) {
      Verifier.verify(written, findings);
    }
    if (findings.total() > 0) {
      final Finding first = findings.kept().get(0);
      throw new NarthexException(
          "the copy would not be whole: "
              + first.check()
              + " of "
              + first.where()
              + " is "
              + first.found()
              + "; see narthex verify for the file itself");
    }
  }
}
