package io.narthex.backend.mapped;

/** The rows of the file's process table and its incarnation numbers, as memory. */
final class ProcessTable {
  static final int ROWS = HeaderDescriptor.PROCESS_ROWS;

  private final Mapping fixed;

  ProcessTable(final Mapping fixed) {
    this.fixed = fixed;
  }

  /** A number that this file has not given out before, from 1 on. */
  long nextIncarnation() {
    return Memory.ACCESS.getAndAddLong(
            fixed.buffer, fixed.position(HeaderDescriptor.INCARNATIONS_OFFSET), 1)
        + 1;
  }

  /** Whether any process ever counted into the file. */
  boolean wasUsed() {
    return Memory.ACCESS.getLongVolatile(
            fixed.buffer, fixed.position(HeaderDescriptor.INCARNATIONS_OFFSET))
        != 0;
  }

  /** The incarnation that has a row; 0 if nobody ever had it. */
  long owner(final int row) {
    return get(row, ProcessRowDescriptor.OWNER_OFFSET);
  }

  boolean changeOwner(final int row, final long from, final long to) {
    return Memory.ACCESS.compareAndSetLong(
        fixed.buffer, position(row, ProcessRowDescriptor.OWNER_OFFSET), from, to);
  }

  /** Says who the owner of a row is, and in which lock file it has its lock; by the owner. */
  void describe(
      final int row,
      final long incarnation,
      final long lockFile,
      final long pid,
      final long startMillis) {
    lockedIn(row, lockFile);
    put(row, ProcessRowDescriptor.DESCRIBED_OFFSET, 0);
    put(row, ProcessRowDescriptor.PID_OFFSET, pid);
    put(row, ProcessRowDescriptor.START_OFFSET, startMillis);
    put(row, ProcessRowDescriptor.HEARTBEAT_OFFSET, System.currentTimeMillis());
    put(row, ProcessRowDescriptor.DESCRIBED_OFFSET, incarnation);
  }

  /** The pid of a row's owner in its own namespace; 0 if it did not get to say. */
  long pid(final int row, final long incarnation) {
    final long pid = get(row, ProcessRowDescriptor.PID_OFFSET);
    return get(row, ProcessRowDescriptor.DESCRIBED_OFFSET) == incarnation ? pid : 0;
  }

  /** When a row's owner was started, ms since the epoch; 0 if it did not get to say. */
  long startMillis(final int row, final long incarnation) {
    final long start = get(row, ProcessRowDescriptor.START_OFFSET);
    return get(row, ProcessRowDescriptor.DESCRIBED_OFFSET) == incarnation ? start : 0;
  }

  /** When whoever has the row showed itself last, ms since the epoch. */
  long heartbeatMillis(final int row) {
    return get(row, ProcessRowDescriptor.HEARTBEAT_OFFSET);
  }

  /** Names the lock file in which a row's owner has its lock; by the owner, once it has it. */
  void lockedIn(final int row, final long lockFile) {
    put(row, ProcessRowDescriptor.LOCK_FILE_OFFSET, lockFile);
  }

  /** The inode of the lock file in which a row's owner had its lock last. */
  long lockFile(final int row) {
    return get(row, ProcessRowDescriptor.LOCK_FILE_OFFSET);
  }

  void beat(final int row, final long nowMillis) {
    put(row, ProcessRowDescriptor.HEARTBEAT_OFFSET, nowMillis);
  }

  void close(final int row, final long incarnation) {
    put(row, ProcessRowDescriptor.CLOSED_OFFSET, incarnation);
  }

  boolean isClosed(final int row, final long incarnation) {
    return get(row, ProcessRowDescriptor.CLOSED_OFFSET) == incarnation;
  }

  private long get(final int row, final int field) {
    return Memory.ACCESS.getLongVolatile(fixed.buffer, position(row, field));
  }

  private void put(final int row, final int field, final long value) {
    Memory.ACCESS.putLongVolatile(fixed.buffer, position(row, field), value);
  }

  private long position(final int row, final int field) {
    return fixed.position(
        HeaderDescriptor.PROCESS_TABLE_AT + (long) row * ProcessRowDescriptor.LENGTH + field);
  }
}
