package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.SelfMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** One mapped file with all that works on it, shared by the backends of a JVM that opened it. */
final class MappedStore {
  private final FileIo io;
  private final FileId id;
  private final Header header;
  private final Segments segments;
  private final ReadGuard guard;
  private final Grower grower;
  private final Arena arena;
  private final Records records;
  private final RecordIndex index;
  private final Catalog catalog;
  private final Families families;
  private final Processes processes;
  private final FileWatch watch;
  private final PartStore parts;
  private final Waste waste;
  private final SelfMetrics selfMetrics;

  /** Counts label sets that found no room; null where there is none for it, or for a viewer. */
  private final CounterSlot overflowed;

  private MappedStore(
      final FileIo io,
      final FileId id,
      final Header header,
      final Mapping fixed,
      final Segments segments,
      final Processes processes,
      final FileWatch watch) {
    this.io = io;
    this.id = id;
    this.header = header;
    this.segments = segments;
    this.guard = new ReadGuard(io, id, fixed, segments);
    this.grower = new Grower(io, fixed, segments, header.maxSize());
    this.arena = new Arena(segments, grower);
    this.records = new Records(segments);
    this.index = new RecordIndex(segments, header.window());
    this.catalog = new Catalog(segments, records);
    this.families = new Families(this);
    this.processes = processes;
    this.watch = watch;
    this.parts = new PartStore(this);
    this.waste = new Waste(fixed);
    this.selfMetrics = StoreMetrics.of(this);
    this.overflowed = isWritable() ? StoreMetrics.overflowed(this) : null;
  }

  /**
   * Opens a file that exists and checks all that can be checked at once.
   *
   * @throws NarthexException that says what is wrong with it
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  static MappedStore open(final Path path, final boolean writable) throws IOException {
    final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new NarthexException(path + " is a directory; give the path of a file in it");
    }
    if (!attributes.isRegularFile()) {
      throw new NarthexException(path + " is no regular file; choose another path");
    }
    // The real path: all processes have to find one lock file, by whatever link they come.
    final FileIo io = FileIo.open(path.toRealPath(), writable);
    try {
      final long size = io.size();
      final Header header = Header.parse(path, io.read(0, HeaderDescriptor.LENGTH), size);
      final Mapping fixed = io.map(0, HeaderDescriptor.FIRST_SEGMENT_AT);
      final Segments segments = new Segments(io, fixed, header.stripes());
      segments.map();
      for (int kind = SegmentDescriptor.KIND_INDEX; kind <= SegmentDescriptor.KIND_CELLS; kind++) {
        if (segments.ofKind(kind).length == 0) {
          throw new NarthexException(
              path
                  + " is damaged: its directory has no segment of "
                  + SegmentDescriptor.kindName(kind)
                  + "; restore or delete it");
        }
      }
      final FileId id = new FileId(attributes.fileKey(), header.seed());
      final Processes processes = new Processes(io, id, fixed);
      final FileWatch watch = new FileWatch(io.path(), id, processes);
      if (writable) {
        processes.join();
        io.thread().every(FileWatch.MILLIS, watch);
      }
      processes.firstLook();
      final MappedStore store = new MappedStore(io, id, header, fixed, segments, processes, watch);
      PendingFault.tell();
      return store;
    } catch (final InternalError e) {
      io.close();
      if (PendingFault.isFault(e)) {
        throw ReadGuard.truncated(path, e);
      }
      throw e;
    } catch (final IOException | RuntimeException | Error e) {
      io.close();
      throw e;
    }
  }

  FileId id() {
    return id;
  }

  Path path() {
    return io.path();
  }

  boolean isWritable() {
    return io.isWritable();
  }

  /** What a viewer reads goes through this. */
  ReadGuard guard() {
    return guard;
  }

  long seed() {
    return header.seed();
  }

  Segments segments() {
    return segments;
  }

  Grower grower() {
    return grower;
  }

  Arena arena() {
    return arena;
  }

  Records records() {
    return records;
  }

  RecordIndex index() {
    return index;
  }

  Families families() {
    return families;
  }

  Catalog catalog() {
    return catalog;
  }

  Processes processes() {
    return processes;
  }

  FileWatch watch() {
    return watch;
  }

  Waste waste() {
    return waste;
  }

  SelfMetrics selfMetrics() {
    return selfMetrics;
  }

  /** Counts a label set that could not be created. */
  void countOverflow() {
    if (overflowed != null) {
      overflowed.add(1);
    }
  }

  PartStore parts() {
    return parts;
  }

  int stripes() {
    return header.stripes();
  }

  PartCursor partCursor(final FamilyEntry family, final Liveness liveness) {
    return new PartCursor(this, family, liveness);
  }

  SeriesCursor cursor(final FamilyEntry family) {
    return new SeriesCursor(segments, records, family);
  }

  /**
   * Publishes a finished record unless its key has one, and waits for the index to grow if it must.
   *
   * @return the offset of the key's record, or 0 if there is no room
   */
  long publish(final RecordKey key, final long record, final Deadline deadline) {
    return findOrPublish(key, () -> record, deadline);
  }

  /**
   * Finds the record of a key or publishes a new one, and waits for the index to grow if it must.
   *
   * @param record as {@link RecordIndex#findOrInsert} asks for it
   * @return the offset of the key's record, or 0 if there is no room
   */
  long findOrPublish(final RecordKey key, final LongSupplier record, final Deadline deadline) {
    while (true) {
      final int indexes = segments.ofKind(SegmentDescriptor.KIND_INDEX).length;
      final long winner = index.findOrInsert(key, record);
      if (winner == RecordIndex.UNREACHABLE) {
        return 0;
      }
      if (winner != RecordIndex.NO_ROOM) {
        if (segments.newest(SegmentDescriptor.KIND_INDEX).isFilling()) {
          grower.suggest(SegmentDescriptor.KIND_INDEX);
        }
        return winner;
      }
      if (!grower.awaitIndex(indexes, deadline)) {
        return 0;
      }
    }
  }

  /** Runs work on the file's thread, which alone may lock. */
  <T> T onThread(final Callable<T> work) throws IOException {
    return io.thread().call(work);
  }

  boolean isClosed() {
    return io.thread().isClosed();
  }

  /** Stops the file's thread; everything that is mapped stays usable. */
  void close() {
    guard.lastLook();
    try {
      processes.leave();
    } catch (final InternalError e) {
      // There is nothing to be left, and it is closed all the same.
    }
    io.close();
  }
}
