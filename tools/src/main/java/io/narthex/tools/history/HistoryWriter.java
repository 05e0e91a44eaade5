package io.narthex.tools.history;

import io.narthex.NarthexException;
import io.narthex.tools.history.HistoryDirectory.Segment;
import io.narthex.tools.reading.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.Deflater;

/**
 * Appends readings to a history. What was written is never written to again; to keep to the size,
 * the oldest segments are deleted. Each entry is handed to the kernel in one piece: a process that
 * is killed leaves all entries but the one that it was writing. For one thread.
 */
final class HistoryWriter implements AutoCloseable {
  /** Below, segments would hold little more than their keyframes. */
  static final long SIZE_MIN = 256 << 10;

  /** The oldest is dropped whole, so that there should be several. */
  private static final int SEGMENTS = 8;

  private static final long SEGMENT_MAX = 32 << 20;

  /** How many entries a damaged keyframe may take with it. */
  private static final int KEYFRAME_EVERY = 60;

  private final HistoryDirectory directory;
  private final long maxSize;
  private final long segmentSize;
  private final FileChannel lock;
  private final Object lockKey;
  private final Deque<Older> older = new ArrayDeque<>();
  private final StateEncoder encoder = new StateEncoder();
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private byte[] deflated = new byte[1 << 16];
  private long olderSize;
  private long nextNumber = 1;
  private Segment current;
  private FileChannel channel;
  private long position;
  private State keyframe;
  private int keyframeOffset;
  private int keyframeLength;
  private int sinceKeyframe;

  private HistoryWriter(
      final HistoryDirectory directory, final long maxSize, final FileChannel lock)
      throws IOException {
    this.directory = directory;
    this.maxSize = maxSize;
    this.segmentSize = Math.min(maxSize / SEGMENTS, SEGMENT_MAX);
    this.lock = lock;
    this.lockKey = fileKey(directory.path().resolve(HistoryDirectory.LOCK));
    for (final Segment segment : directory.segments()) {
      addOlder(segment, segment.size());
      nextNumber = segment.number() + 1;
    }
  }

  /** A segment that has ended, with the bytes that it counts with: somebody may have deleted it. */
  private record Older(Segment segment, long size) {}

  /**
   * Begins to record, behind what is there.
   *
   * @param path the directory, which is made if there is none
   * @param maxSize bytes that all segments together never exceed, {@link #SIZE_MIN} or more
   * @throws NarthexException if the directory cannot be used, or another process records into it
   */
  static HistoryWriter open(final Path path, final long maxSize) {
    FileChannel lock = null;
    HistoryWriter writer = null;
    try {
      Files.createDirectories(path);
      final Path lockFile = path.resolve(HistoryDirectory.LOCK);
      if (Files.exists(lockFile) && !Files.isRegularFile(lockFile)) {
        throw new NarthexException(lockFile + " is no file, as a lock has to be; delete it");
      }
      lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(lock)) {
        writer = new HistoryWriter(new HistoryDirectory(path), maxSize, lock);
        return writer;
      }
      throw new NarthexException(
          "another process records into " + path + "; give another directory, or end that one");
    } catch (final FileAlreadyExistsException e) {
      throw new NarthexException(
          path + " is a file; a history is a directory: give the path of a new or empty one", e);
    } catch (final IOException e) {
      throw HistoryDirectory.failed("record into", path, e);
    } finally {
      if (writer == null) {
        closeQuietly(lock);
      }
    }
  }

  /** Locks the file for as long as the channel is open, unless another process has it. */
  private static boolean isTaken(final FileChannel lock) throws IOException {
    try {
      return lock.tryLock() == null;
    } catch (final OverlappingFileLockException e) {
      return true; // another one in this JVM
    }
  }

  /** What all segments have together. */
  long size() {
    return olderSize + position;
  }

  /**
   * Appends a reading.
   *
   * @throws NarthexException if it cannot be written; what was written before stays whole
   */
  void write(final Reading reading) {
    try {
      endDeleted();
      ByteBuffer entry = change(reading);
      final boolean isKeyframe = entry == null || !fits(entry);
      if (isKeyframe) {
        if (entry != null) {
          endSegment();
        }
        entry = keyframe(reading);
      }
      append(entry);
      if (isKeyframe) {
        keyframe = new State(reading);
        keyframeOffset = (int) (position - entry.capacity());
        keyframeLength = entry.capacity();
        sinceKeyframe = 0;
      }
      sinceKeyframe++;
    } catch (final IOException e) {
      throw HistoryDirectory.failed("write to", directory.path(), e);
    }
  }

  /** Appends a remark of the recording's own. */
  void note(final long millis, final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      final ByteBuffer entry = entry(EntryDescriptor.NOTE, millis, 0, bytes, bytes.length);
      if (!fits(entry)) {
        endSegment();
      }
      append(entry);
    } catch (final IOException e) {
      throw HistoryDirectory.failed("write to", directory.path(), e);
    }
  }

  /** As a change to the last keyframe; null if it is time for another one. */
  private ByteBuffer change(final Reading reading) {
    if (keyframe == null || sinceKeyframe >= KEYFRAME_EVERY) {
      return null;
    }
    encoder.encode(keyframe, reading);
    final ByteBuffer entry =
        entry(EntryDescriptor.CHANGE, reading.takenMillis(), keyframeOffset, encoder.payload());
    return entry.capacity() > keyframeLength / 2 + EntryDescriptor.HEAD ? null : entry;
  }

  private ByteBuffer keyframe(final Reading reading) throws IOException {
    encoder.encode(State.EMPTY, reading);
    final ByteBuffer entry =
        entry(EntryDescriptor.KEYFRAME, reading.takenMillis(), 0, encoder.payload());
    if (entry.capacity() + SegmentDescriptor.LENGTH > maxSize / 2) {
      throw new NarthexException(
          "one state of the file takes "
              + entry.capacity()
              + " bytes in the history, which is too much for --max-size "
              + maxSize
              + "; give at least "
              + 20L * entry.capacity());
    }
    if (!fits(entry)) {
      endSegment();
    }
    return entry;
  }

  private ByteBuffer entry(
      final int kind, final long millis, final int base, final PayloadWriter payload) {
    return entry(kind, millis, base, payload.bytes(), payload.length());
  }

  private ByteBuffer entry(
      final int kind, final long millis, final int base, final byte[] bytes, final int length) {
    deflater.reset();
    deflater.setInput(bytes, 0, length);
    deflater.finish();
    int end = 0;
    while (!deflater.finished()) {
      if (end == deflated.length) {
        deflated = Arrays.copyOf(deflated, end * 2);
      }
      end += deflater.deflate(deflated, end, deflated.length - end);
    }
    return EntryDescriptor.entry(kind, millis, base, deflated, end, length);
  }

  /** Whether the segment has room; an entry that is larger than one has one of its own. */
  private boolean fits(final ByteBuffer entry) {
    return position <= SegmentDescriptor.LENGTH || position + entry.capacity() <= segmentSize;
  }

  private void append(final ByteBuffer entry) throws IOException {
    if (channel == null) {
      beginSegment();
    }
    makeRoom(entry.capacity());
    final long before = position;
    try {
      while (entry.hasRemaining()) {
        position += channel.write(entry, position);
      }
    } catch (final IOException e) {
      position = before;
      channel.truncate(before);
      throw e;
    }
  }

  private void beginSegment() throws IOException {
    makeRoom(SegmentDescriptor.LENGTH);
    current = directory.segment(nextNumber++);
    keyframe = null;
    final FileChannel begun =
        FileChannel.open(current.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      final ByteBuffer head = SegmentDescriptor.head(System.currentTimeMillis());
      while (head.hasRemaining()) {
        begun.write(head, head.position());
      }
    } catch (final IOException e) {
      // Entries would not be found behind half a head.
      closeQuietly(begun);
      Files.deleteIfExists(current.path());
      throw e;
    }
    channel = begun;
    position = SegmentDescriptor.LENGTH;
  }

  /** What is written to a deleted segment nobody finds; without its lock another one may write. */
  private void endDeleted() throws IOException {
    if (channel != null && !Files.exists(current.path())) {
      final Path lockFile = directory.path().resolve(HistoryDirectory.LOCK);
      if (!fileKey(lockFile).equals(lockKey)) {
        throw new NarthexException(
            "cannot write to "
                + directory.path()
                + ": its "
                + lockFile.getFileName()
                + " was replaced, so that another process may record into it; begin anew");
      }
      channel.close();
      channel = null;
      position = 0;
      keyframe = null;
    }
  }

  private void endSegment() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      addOlder(current, position);
      position = 0;
    }
    keyframe = null;
  }

  private void makeRoom(final long bytes) throws IOException {
    while (size() + bytes > maxSize && !older.isEmpty()) {
      final Older oldest = older.element();
      Files.deleteIfExists(oldest.segment.path());
      older.remove();
      olderSize -= oldest.size;
    }
  }

  private void addOlder(final Segment segment, final long size) {
    older.add(new Older(segment, size));
    olderSize += size;
  }

  @Override
  public void close() {
    deflater.end();
    closeQuietly(channel);
    closeQuietly(lock);
  }

  private static Object fileKey(final Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private static void closeQuietly(final FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (final IOException e) {
      // All that matters was written before.
    }
  }
}
