package io.narthex.backend.mapped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A real mapped file for races, attached to twice: two stores with mappings of their own, as two
 * processes have. It loses its name as soon as both are attached, so that the kernel takes it back
 * however this JVM ends. Its lock file stays until {@link #closeShared}, or goes with the temporary
 * directory that {@code RacesTest} gives this JVM.
 *
 * <p>Many races share a file, each with keys of its own, as a file costs more than a race.
 */
final class RaceFile {
  private static final Path PATH =
      Path.of(
          System.getProperty("java.io.tmpdir"), "race-" + ProcessHandle.current().pid() + ".nx");

  private static final int STRIPES = 2;
  private static final MappedOptions SHARED = new MappedOptions(4 << 20, STRIPES, 4 << 20);

  /** Of one segment of each kind, as small as they come. */
  private static final MappedOptions SMALL = new MappedOptions(256 << 10, STRIPES, 4 << 20);

  /** So many races fill a shared file by less than the three quarters at which it would grow. */
  private static final int RACES_PER_FILE = 2_000;

  /** A mapping goes when the collector finds it; files that wait for that take memory. */
  private static final long BYTES_PER_COLLECTION = 16 << 20;

  private static final AtomicLong NUMBERS = new AtomicLong();

  private static RaceFile shared;
  private static int races;
  private static long bytesMade;

  final Attached one;
  final Attached other;

  private RaceFile(final MappedStore one, final MappedStore other) {
    this.one = new Attached(one);
    this.other = new Attached(other);
  }

  /** A number for labels that no other race has. */
  static long nextNumber() {
    return NUMBERS.incrementAndGet();
  }

  /** A file with room for one more race. */
  static synchronized RaceFile shared() {
    if (shared == null || races == RACES_PER_FILE) {
      if (shared != null) {
        shared.close();
      }
      shared = make(SHARED);
      races = 0;
    }
    races++;
    return shared;
  }

  /** Ends the shared file, where the JVM goes on after its races. */
  static synchronized void closeShared() {
    if (shared != null) {
      shared.close();
      shared = null;
      delete(LockFile.beside(PATH));
    }
  }

  private static void delete(final Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file for one race alone, which may make it grow and closes it. */
  static synchronized RaceFile small() {
    return make(SMALL);
  }

  private static RaceFile make(final MappedOptions options) {
    bytesMade += options.initialSize();
    if (bytesMade > BYTES_PER_COLLECTION) {
      bytesMade = 0;
      System.gc();
    }
    FileCreator.create(PATH, options);
    try {
      final RaceFile file =
          new RaceFile(MappedStore.open(PATH, true), MappedStore.open(PATH, true));
      Files.delete(PATH);
      return file;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the stores' threads; what is mapped stays usable. */
  void close() {
    one.store.close();
    other.store.close();
  }
}
