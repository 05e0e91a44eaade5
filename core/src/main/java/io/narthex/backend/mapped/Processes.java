package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The processes that use a file: makes this one known, and tells which are alive. The kernel is the
 * judge: a process is alive while it has the lock on the byte of its incarnation, which it loses by
 * whatever ends it. Pids prove nothing, as they are used again and are equal in two containers.
 *
 * <p>A JVM has one row for as long as it lives, also after it closed the file, since handles may be
 * kept that count into the row's parts.
 */
final class Processes {
  private static final EngineLog LOG = EngineLog.of(Processes.class);

  /** Far more than numbers that are locked by something else than this engine. */
  private static final int MAX_ATTEMPTS = 100;

  /** So that every one has a byte that the kernel can lock. */
  private static final long MAX_INCARNATION = 1L << 61;

  private static final long MAX_WAIT_MILLIS = 100;

  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The rows that this JVM has, by file. */
  private static final Map<FileId, LocalProcess> LOCAL = new HashMap<>();

  private final FileIo io;
  private final FileId id;
  private final ProcessTable table;
  private volatile LocalProcess self;
  private volatile Liveness last = Liveness.nobody();
  private volatile long lookedAt = System.nanoTime() - RECENT_NANOS;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();
  private volatile String reason = "its backend is read-only";

  /** Whether the last look found no lock file, and since when; for a process that only reads. */
  private boolean missing;

  private long missingSince;

  Processes(final FileIo io, final FileId id, final Mapping fixed) {
    this.io = io;
    this.id = id;
    this.table = new ProcessTable(fixed);
  }

  ProcessTable table() {
    return table;
  }

  /** This process; null for one that only reads, or for which there is no row. */
  LocalProcess self() {
    return self;
  }

  /** Why this process has no row. */
  String reason() {
    return reason;
  }

  /** Makes this process known, so that it can have parts of gauges. Logs if that cannot be. */
  void join() throws IOException {
    io.thread()
        .call(
            () -> {
              try {
                synchronized (LOCAL) {
                  self = joined(LockFile.of(io.path()));
                }
              } catch (final IOException e) {
                reason = "its lock file cannot be used: " + e.getMessage();
              }
              if (self == null) {
                LOG.log(
                    Level.WARNING,
                    io.path() + " has no place for this process's gauges: " + reason);
              }
              return null;
            });
  }

  private LocalProcess joined(final LockFile locks) throws IOException {
    final LocalProcess before = LOCAL.get(id);
    final LocalProcess fresh = claim(locks, before);
    if (fresh == null) {
      return null;
    }
    if (before != null) {
      LockFile.release(before.lock());
    }
    LOCAL.put(id, fresh);
    final ProcessHandle process = ProcessHandle.current();
    table.describe(
        fresh.row(),
        fresh.incarnation(),
        locks.inode(),
        process.pid(),
        process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    return fresh;
  }

  /** Locks a number first, so that nobody takes this process for dead, and then takes a row. */
  private LocalProcess claim(final LockFile locks, final LocalProcess before) throws IOException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      final long incarnation = table.nextIncarnation();
      if (!isPossible(incarnation)) {
        reason = "its header gives out the impossible incarnation " + incarnation;
        return null;
      }
      final FileLock lock = locks.tryLock(byteOf(incarnation));
      if (lock != null) {
        final int row = takeRowOrRelease(locks, before, incarnation, lock);
        if (row >= 0) {
          return new LocalProcess(row, incarnation, lock);
        }
        reason = ProcessTable.ROWS + " processes that are alive use it; end some";
        return null;
      }
    }
    reason = "other programs lock " + io.path() + ".lock";
    return null;
  }

  private int takeRowOrRelease(
      final LockFile locks, final LocalProcess before, final long incarnation, final FileLock lock)
      throws IOException {
    int row = -1;
    try {
      row = takeRow(locks, before, incarnation);
      return row;
    } finally {
      if (row < 0) {
        LockFile.release(lock);
      }
    }
  }

  private int takeRow(final LockFile locks, final LocalProcess before, final long incarnation)
      throws IOException {
    if (before != null && table.changeOwner(before.row(), before.incarnation(), incarnation)) {
      return before.row();
    }
    for (int row = 0; row < ProcessTable.ROWS; row++) {
      final long owner = table.owner(row);
      if (judge(locks, row, owner) == Verdict.DEAD && table.changeOwner(row, owner, incarnation)) {
        return row;
      }
    }
    return -1;
  }

  /** What the lock file says of a row's owner. */
  private Verdict judge(final LockFile locks, final int row, final long owner) throws IOException {
    if (!isPossible(owner)) {
      return Verdict.DEAD;
    }
    // Read first: who named this lock file had its lock before it did.
    final boolean named = table.lockFile(row) == locks.inode();
    final boolean settled = locks.isSettled();
    if (locks.isLocked(byteOf(owner))) {
      return Verdict.ALIVE;
    }
    return named || settled ? Verdict.DEAD : Verdict.UNKNOWN;
  }

  /**
   * The byte that an incarnation locks. Files that follow each other at one path have one lock
   * file, and number from 1 on: their seeds keep them apart.
   */
  long byteOf(final long incarnation) {
    return LockFile.FIRST_INCARNATION + (id.seed() >>> 3) + incarnation;
  }

  private static boolean isPossible(final long incarnation) {
    return incarnation > 0 && incarnation < MAX_INCARNATION;
  }

  /**
   * Shows that this process is there, and locks its byte again if the lock file was deleted and is
   * another one now: it would be taken for dead.
   */
  void beat() {
    final LocalProcess process = self;
    if (process == null) {
      return;
    }
    final long owner = table.owner(process.row());
    if (owner != process.incarnation()) {
      PendingFault.tell(); // or nobody has it, and it is just not there
      if (isPossible(owner)) {
        tellLost(process);
      }
      return;
    }
    table.beat(process.row(), System.currentTimeMillis());
    PendingFault.tell(); // before anything is locked
    try {
      synchronized (LOCAL) {
        final LockFile locks = LockFile.of(io.path());
        if (!locks.has(process.lock())) {
          final FileLock lock = locks.tryLock(byteOf(process.incarnation()));
          if (lock != null) {
            table.lockedIn(process.row(), locks.inode());
            PendingFault.tell(); // before anything is logged
            self = new LocalProcess(process.row(), process.incarnation(), lock);
            LOCAL.put(id, self);
            LOG.log(Level.WARNING, io.path() + ".lock was deleted; this process locked it anew");
          }
        }
      }
    } catch (final IOException e) {
      // Without a lock file there is nothing to be locked; the next beat tries again.
    }
  }

  /** Whether this process still has its row: not if it opened the file anew since. */
  boolean hasRow() {
    final LocalProcess process = self;
    return process != null && table.owner(process.row()) == process.incarnation();
  }

  private void tellLost(final LocalProcess process) {
    if (lost.compareAndSet(false, true)) {
      LOG.log(
          Level.ERROR,
          "another process has taken row {0} of {1}, as its lock file was deleted while this process"
              + " was stopped: their gauges are mixed up until this one is restarted",
          process.row(),
          io.path());
    }
  }

  /** Says that this process does not count as alive any more; its row stays its. */
  void leave() {
    final LocalProcess process = self;
    if (process != null) {
      table.close(process.row(), process.incarnation());
    }
  }

  /**
   * Who is alive now. One look at the kernel's locks for each process. If the file's thread is
   * busy, as while the file grows, that is waited for shortly, and else the last look has to do.
   */
  Liveness liveness() {
    io.thread()
        .callWithin(
            MAX_WAIT_MILLIS,
            () -> {
              last = look();
              lookedAt = System.nanoTime();
              return true;
            });
    return last;
  }

  /**
   * Who was alive a second ago at most. A look costs two changes of threads, which a page without
   * need of it should not: they take a core from whoever counts.
   */
  Liveness recent() {
    return System.nanoTime() - lookedAt < RECENT_NANOS ? last : liveness();
  }

  /** A look at the opening, so that there is always one to go by. */
  void firstLook() throws IOException {
    io.thread()
        .call(
            () -> {
              try {
                last = look();
              } catch (final IOException e) {
                LOG.log(
                    Level.WARNING,
                    "who uses {0} cannot be told, so nobody is taken for alive: {1}",
                    io.path(),
                    e.getMessage());
              }
              return null;
            });
  }

  /** Who was alive at the last look. */
  Liveness last() {
    return last;
  }

  /** Whether nobody is alive but this process, which has to be. */
  boolean isAlone(final Liveness alive) {
    final LocalProcess process = self;
    return process != null
        && alive.count() == 1
        && alive.isAlive(process.row(), process.incarnation());
  }

  /** All that have a row, in the order of rows, for display. */
  List<MappedProcess> list(final Liveness alive) {
    final List<MappedProcess> list = new ArrayList<>();
    for (int row = 0; row < ProcessTable.ROWS; row++) {
      final long owner = table.owner(row);
      if (isPossible(owner)) {
        list.add(
            new MappedProcess(
                owner,
                table.pid(row, owner),
                table.startMillis(row, owner),
                table.heartbeatMillis(row),
                state(alive, row, owner)));
      }
    }
    return list;
  }

  private MappedProcess.State state(final Liveness alive, final int row, final long owner) {
    if (alive.isAlive(row, owner)) {
      return MappedProcess.State.ALIVE;
    }
    return table.isClosed(row, owner) ? MappedProcess.State.CLOSED : MappedProcess.State.DEAD;
  }

  /** The pids of those who are alive, for messages. */
  String pids(final Liveness alive) {
    final StringJoiner pids = new StringJoiner(", ");
    for (int row = 0; row < ProcessTable.ROWS; row++) {
      if (alive.in(row) != 0) {
        pids.add(Long.toString(table.pid(row, alive.in(row))));
      }
    }
    return pids.toString();
  }

  private void warnOnce(final AccessDeniedException e) {
    if (warned.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "no permission to read {0}, so all processes of {1} are taken for alive",
          e.getFile(),
          io.path());
    }
  }

  /** Who is alive now, for certain; on the caller's thread, which is one that may use channels. */
  Liveness look() throws IOException {
    final long[] alive = new long[ProcessTable.ROWS];
    LockFile locks = null;
    boolean unreadable = false;
    boolean certain = true;
    try {
      locks = io.isWritable() ? LockFile.of(io.path()) : LockFile.forReading(io.path());
    } catch (final AccessDeniedException e) {
      unreadable = true;
      warnOnce(e);
    }
    if (locks == null && !unreadable && isMissedJustNow()) {
      return last;
    }
    for (int row = 0; row < ProcessTable.ROWS; row++) {
      final long owner = table.owner(row);
      if (!isPossible(owner) || table.isClosed(row, owner)) {
        continue;
      }
      final Verdict verdict =
          locks == null ? unreadable ? Verdict.UNKNOWN : Verdict.DEAD : judge(locks, row, owner);
      if (verdict != Verdict.DEAD) {
        alive[row] = owner;
        certain &= unreadable || verdict == Verdict.ALIVE;
      }
    }
    missing = locks == null && !unreadable;
    return new Liveness(alive, certain);
  }

  /** Whether the lock file went a moment ago: who uses the mapped file makes it anew. */
  private boolean isMissedJustNow() {
    final long now = System.nanoTime();
    if (!missing) {
      missing = true;
      missingSince = now;
    }
    return now - missingSince < TimeUnit.MILLISECONDS.toNanos(LockFile.SETTLING_MILLIS);
  }

  private enum Verdict {
    ALIVE,
    DEAD,

    /** The lock file is new, and the process may have locked the one before. */
    UNKNOWN
  }
}
