package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

/**
 * Adds segments at the end of the file: zero-written first, which proves the room, then published
 * in the directory. Nothing that is there moves. One process at a time does it, under a kernel
 * lock; who is killed at it leaves at most bytes behind the published end, which the next one
 * writes over.
 *
 * <p>All work is done on the file's {@link IoThread}. It begins at 3/4 full, so that creators of
 * series seldom have to wait; when they must, a {@link Deadline} bounds it.
 */
final class Grower {
  /** After a failure nobody tries again for so long, so that a full disk does not slow anybody. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Some 50 ms of writing zeros to memory. */
  private static final long LONG_STEP = 128L << 20;

  private static final EngineLog LOG = EngineLog.of(Grower.class);

  private final FileIo io;
  private final Mapping fixed;
  private final Segments segments;
  private final long maxSize;
  private final AtomicIntegerArray suggested =
      new AtomicIntegerArray(SegmentDescriptor.KIND_CELLS + 1);
  private final Runnable[] suggestions = new Runnable[SegmentDescriptor.KIND_CELLS + 1];
  private volatile Failure failure;

  /** On the file's thread only. */
  private boolean toldTruncated;

  Grower(final FileIo io, final Mapping fixed, final Segments segments, final long maxSize) {
    this.io = io;
    this.fixed = fixed;
    this.segments = segments;
    this.maxSize = maxSize;
    Arrays.setAll(suggestions, this::suggestion);
    link();
  }

  /** Lets the file grow in the background, as a segment of that kind is filling. */
  void suggest(final int kind) {
    if (hasFailedJustNow() || !suggested.compareAndSet(kind, 0, 1)) {
      return;
    }
    boolean handedOver = false;
    try {
      io.thread().execute(suggestions[kind]);
      handedOver = true;
    } finally {
      if (!handedOver) {
        suggested.set(kind, 0); // there is no memory for it now
      }
    }
  }

  /**
   * Made when the file is opened: a lambda that is first used when there is no memory on the heap
   * throws for as long as the JVM lives.
   */
  private Runnable suggestion(final int kind) {
    final BooleanSupplier enough = () -> !segments.newest(kind).isFilling();
    return () -> {
      try {
        grow(kind, enough, segments.newest(kind).capacity() / 4 + 1, 0);
      } finally {
        suggested.set(kind, 0);
      }
    };
  }

  /** Makes the other lambdas once. */
  private void link() {
    for (final BooleanSupplier enough : new BooleanSupplier[] {room(0, 0), moreIndexes(0)}) {
      growth(0, enough, 0, 0);
    }
  }

  private BooleanSupplier room(final int kind, final long units) {
    return () -> hasRoom(kind, units);
  }

  private BooleanSupplier moreIndexes(final int indexes) {
    return () -> segments.ofKind(SegmentDescriptor.KIND_INDEX).length > indexes;
  }

  private Callable<Boolean> growth(
      final int kind, final BooleanSupplier enough, final long units, final long patience) {
    return () -> grow(kind, enough, units, patience);
  }

  /**
   * Waits until a segment of that kind may have room.
   *
   * @return false if there is none to be had, or not in time; {@link #reason} then says why
   */
  boolean await(final int kind, final long units, final Deadline deadline) {
    return await(kind, room(kind, units), units, deadline);
  }

  /**
   * Waits until there is one more index than so many, as a key's windows are full in all of them,
   * however few other words are in use.
   *
   * @return false if there is none to be had, or not in time; {@link #reason} then says why
   */
  boolean awaitIndex(final int indexes, final Deadline deadline) {
    final BooleanSupplier enough = moreIndexes(indexes);
    return enough.getAsBoolean() || await(SegmentDescriptor.KIND_INDEX, enough, 1, deadline);
  }

  private boolean await(
      final int kind, final BooleanSupplier enough, final long units, final Deadline deadline) {
    if (hasFailedJustNow()) {
      return false;
    }
    final long left = deadline.millisLeft();
    if (left > 0 && io.thread().callWithin(left, growth(kind, enough, units, left / 2))) {
      return true;
    }
    if (io.thread().isClosed()) {
      fail(closed());
    } else if (!hasFailedJustNow()) {
      fail(late());
    }
    return false;
  }

  private String closed() {
    return io.path() + " does not grow any more: its backend is closed";
  }

  private String late() {
    return io.path()
        + " did not grow within "
        + Deadline.LIMIT_MILLIS
        + " ms: whoever is at it is slow or stopped";
  }

  /** Why the file did not grow, with what was asked for and what is free. */
  String reason() {
    final Failure last = failure;
    return last == null ? "what it needs of the file cannot be reached" : last.message;
  }

  private boolean hasFailedJustNow() {
    final Failure last = failure;
    return last != null && System.nanoTime() - last.nanoTime < RETRY_NANOS;
  }

  /**
   * Makes the file grow, or waits for the process that is at it.
   *
   * @param enough whether it has grown as much as is needed
   * @param units how many it has to have room for
   * @param patience how long to wait for another process, in ms
   */
  private boolean grow(
      final int kind, final BooleanSupplier enough, final long units, final long patience) {
    final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
    try {
      if (refusesTruncated(false)) {
        return false; // before the directory is read, whose page may be gone
      }
      final LockFile locks = LockFile.of(io.path());
      while (!isEnough(enough)) {
        final FileLock lock = locks.tryLockGrowth();
        if (lock != null) {
          try {
            return isEnough(enough) || extend(kind, units);
          } finally {
            LockFile.release(lock);
          }
        }
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        Thread.sleep(1);
      }
      return true;
    } catch (final IOException e) {
      fail("cannot make " + io.path() + " grow: " + e.getMessage());
      return false;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isEnough(final BooleanSupplier enough) {
    segments.refresh();
    return enough.getAsBoolean();
  }

  private boolean hasRoom(final int kind, final long units) {
    final Segment newest = segments.newest(kind);
    return newest.capacity() - newest.used() >= units;
  }

  /**
   * Whether the file was truncated, which is told: behind the hole it would look whole again.
   *
   * @param cut whether it was too short for the directory when that was last read
   */
  private boolean refusesTruncated(final boolean cut) throws IOException {
    final long size = io.size();
    if (size >= segments.end() && !cut) {
      return false;
    }
    if (!toldTruncated) {
      toldTruncated = true;
      failure = null; // so that it is logged, whatever failed before
    }
    fail(
        io.path()
            + " does not grow any more: another program has truncated it to "
            + size
            + " bytes; end all its processes and delete it");
    return true;
  }

  private boolean extend(final int kind, final long units) throws IOException {
    if (refusesTruncated(segments.isCut())) {
      return false;
    }
    final int row = segments.count();
    if (segments.hasUnmapped()) {
      fail(io.path() + " cannot grow: its directory shows a segment that cannot be mapped here");
      return false;
    }
    if (row == HeaderDescriptor.DIRECTORY_ROWS) {
      fail(io.path() + " has all " + row + " segments that a file can have");
      return false;
    }
    final int stripes = segments.newest(SegmentDescriptor.KIND_CELLS).stripes;
    final long least = leastLength(kind, units, stripes);
    final long from = segments.end();
    long length = Math.max(least, firstGuess(kind));
    while (from + length > maxSize && length / 2 >= least) {
      length = halved(length);
    }
    if (from + length > maxSize || length > SegmentDescriptor.MAX_LENGTH) {
      fail(
          io.path()
              + " has reached its maxSize: asked for "
              + length
              + " bytes, "
              + Math.max(0, maxSize - from)
              + " are free of "
              + maxSize
              + "; create it with a larger maxSize, or count fewer series");
      return false;
    }
    while (true) {
      try {
        io.extend(from, from + length);
        publish(row, new SegmentPlan(kind, from, length, stripes));
        segments.refresh();
        failure = null;
        return segments.count() > row;
      } catch (final IOException e) {
        if (length / 2 < least) {
          fail("cannot make " + io.path() + " grow: " + Failures.noRoom(io.path(), length, e));
          return false;
        }
        length = halved(length);
      }
    }
  }

  /**
   * Twice the largest segment of the kind, so that the number of segments stays small, and four
   * times of an index, as every full one costs each new key a whole window; but no more than is
   * written in a fraction of {@link Deadline#LIMIT_MILLIS}, unless the directory has too few rows
   * to get to maxSize by such steps. An index that has a full window and little else, as of a name
   * that is registered and unregistered again and again, is followed by the smallest one.
   */
  private long firstGuess(final int kind) {
    final Segment newest = segments.newest(kind);
    if (kind == SegmentDescriptor.KIND_INDEX && newest.used() < newest.capacity() / 4) {
      return HeaderDescriptor.FIRST_SEGMENT_AT;
    }
    long largest = 0;
    for (final Segment segment : segments.ofKind(kind)) {
      largest = Math.max(largest, segment.mapping.length);
    }
    final long step =
        Long.highestOneBit(Math.max(LONG_STEP, maxSize / (HeaderDescriptor.DIRECTORY_ROWS / 2)));
    final int times = kind == SegmentDescriptor.KIND_INDEX ? 4 : 2;
    return Math.min(SegmentDescriptor.MAX_LENGTH, Math.min(step, largest * times));
  }

  private static long leastLength(final int kind, final long units, final int stripes) {
    return switch (kind) {
      case SegmentDescriptor.KIND_RECORDS -> aligned(units);
      // Two cache lines a stripe are what the stride may lose by rounding.
      case SegmentDescriptor.KIND_CELLS -> aligned((units * Long.BYTES + 128) * stripes);
      default -> HeaderDescriptor.FIRST_SEGMENT_AT;
    };
  }

  private static long halved(final long length) {
    return aligned(length / 2);
  }

  private static long aligned(final long length) {
    final long unit = HeaderDescriptor.FIRST_SEGMENT_AT;
    return (length + unit - 1) / unit * unit;
  }

  private void publish(final int row, final SegmentPlan plan) {
    final long at = fixed.position(Segments.rowAt(row));
    final byte[] bytes = plan.row();
    final int kindLength = Long.BYTES;
    Memory.ACCESS.putBytes(
        fixed.buffer, at + kindLength, bytes, kindLength, bytes.length - kindLength);
    Memory.ACCESS.putLongVolatile(fixed.buffer, at + SegmentDescriptor.KIND_OFFSET, plan.kind());
  }

  private void fail(final String message) {
    if (failure == null) {
      LOG.log(Level.WARNING, message);
    }
    failure = new Failure(message, System.nanoTime());
  }

  private record Failure(String message, long nanoTime) {}
}
