package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a new file: builds it whole beside its place under a name of its own, then links it there.
 * The link fails if somebody else was first, so there is never a half-built file under the file's
 * name.
 */
final class FileCreator {
  private static final int WINDOW = 64;
  private static final String BESIDE = ".new";
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private FileCreator() {}

  /**
   * Creates the file unless it exists.
   *
   * @throws NarthexException if there is no room, or the directory cannot be written
   */
  static void create(final Path path, final MappedOptions options) {
    try (IoThread thread = new IoThread("narthex create " + path.getFileName())) {
      thread.call(
          () -> {
            build(path, options, false);
            return null;
          });
    } catch (final IOException e) {
      throw Failures.onCreate(path, options.initialSize(), e);
    }
  }

  /** Puts a new file in the place of one that is there, at once, on the caller's thread. */
  static void replace(final Path path, final MappedOptions options) {
    try {
      build(path, options, true);
    } catch (final IOException e) {
      throw Failures.onCreate(path, options.initialSize(), e);
    }
  }

  private static void build(final Path path, final MappedOptions options, final boolean replace)
      throws IOException {
    final Path directory = path.toAbsolutePath().getParent();
    sweep(directory, path.getFileName().toString());
    final Path beside = beside(path);
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly())) {
        FaultPoint.reached("create file");
        fill(channel, options);
      }
      // Whatever the umask says, and before anybody can open it.
      Files.setPosixFilePermissions(beside, options.permissions());
      if (replace) {
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createLink(path, beside);
      }
      FaultPoint.reached("link");
    } catch (final FileAlreadyExistsException e) {
      // Somebody else created the file meanwhile: it will be attached to.
    } finally {
      Files.deleteIfExists(beside);
      FaultPoint.reached("delete");
    }
  }

  /** A name beside a file that nobody else takes, and that {@link #sweep} finds. */
  static Path beside(final Path path) {
    return path.toAbsolutePath()
        .resolveSibling(
            path.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "-"
                + System.nanoTime()
                + BESIDE);
  }

  static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private static void fill(final FileChannel channel, final MappedOptions options)
      throws IOException {
    final List<SegmentPlan> plans = options.firstSegments();
    final SegmentPlan last = plans.get(plans.size() - 1);
    FileIo.writeZeros(channel, 0, last.offset() + last.length());
    final Header header =
        new Header(
            options.stripes(),
            WINDOW,
            new SecureRandom().nextLong(),
            System.currentTimeMillis(),
            options.maxSize());
    write(channel, 0, header.toBytes());
    for (int row = 0; row < plans.size(); row++) {
      write(channel, Segments.rowAt(row), plans.get(row).row());
    }
  }

  private static void write(final FileChannel channel, final long at, final byte[] bytes)
      throws IOException {
    final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
      FaultPoint.reached("write");
    }
  }

  /** Deletes what creators left behind that were killed at it, as far as that can be done. */
  private static void sweep(final Path directory, final String name) {
    final Pattern left =
        Pattern.compile(Pattern.quote(name) + "\\.\\d+-\\d+" + Pattern.quote(BESIDE));
    final Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            directory, entry -> left.matcher(entry.getFileName().toString()).matches())) {
      for (final Path sibling : siblings) {
        if (Files.getLastModifiedTime(sibling).toInstant().isBefore(limit)) {
          Files.deleteIfExists(sibling);
          FaultPoint.reached("delete");
        }
      }
    } catch (final IOException | DirectoryIteratorException e) {
      // Left-overs cost room and nothing else; another user's cannot be deleted here.
    }
  }
}
