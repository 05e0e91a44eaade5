package io.narthex.backend.mapped;

/**
 * A row of the process table: a process that counts, or counted, into the file. Its parts of the
 * gauges lie in the places of the row's number.
 *
 * <pre>
 *   0                8                16               24
 *  +----------------+----------------+----------------+----------------+
 *  | owner (CAS)    | described      | pid            | start ms       |
 *  +----------------+----------------+----------------+----------------+
 * 32| heartbeat ms   | closed         | reserved, zero                  |
 *  +----------------+----------------+---------------------------------+
 * </pre>
 *
 * <ul>
 *   <li>owner: the process's incarnation, a number that the file gives out once; 0: never used. The
 *       owner is alive while the byte of that number is locked in the lock file and it has not
 *       closed. A row whose owner's byte is not locked may be taken over by compare-and-set.
 *   <li>described: the incarnation that the pid and the start belong to, stored after them.
 *   <li>heartbeat: when the owner last showed itself, about every second. For display.
 *   <li>closed: the incarnation that closed the file while its process goes on. The row stays its.
 * </ul>
 */
final class ProcessRowDescriptor {
  static final int OWNER_OFFSET = 0;
  static final int DESCRIBED_OFFSET = 8;
  static final int PID_OFFSET = 16;
  static final int START_OFFSET = 24;
  static final int HEARTBEAT_OFFSET = 32;
  static final int CLOSED_OFFSET = 40;
  static final int LENGTH = 64;

  private ProcessRowDescriptor() {}
}
