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
 * 32| heartbeat ms   | closed         | lock file      | reserved, zero |
 *  +----------------+----------------+----------------+----------------+
 * </pre>
 *
 * <ul>
 *   <li>owner: the process's incarnation, a number that the file gives out once; 0: never used. The
 *       owner is alive while the byte of that number is locked in the lock file and it has not
 *       closed. A row whose owner is dead may be taken over by compare-and-set.
 *   <li>described: the incarnation that the pid and the start belong to, stored after them.
 *   <li>heartbeat: when the owner last showed itself, about every second. For display.
 *   <li>closed: the incarnation that closed the file while its process goes on. The row stays its.
 *   <li>lock file: the inode of the lock file in which the owner locked its byte, stored after it
 *       did. While somebody has a file open no other one gets its inode, so whoever names the lock
 *       file that is there and has no lock in it is dead. Who names another one may not have
 *       noticed yet that it was deleted.
 * </ul>
 */
final class ProcessRowDescriptor {
  static final int OWNER_OFFSET = 0;
  static final int DESCRIBED_OFFSET = 8;
  static final int PID_OFFSET = 16;
  static final int START_OFFSET = 24;
  static final int HEARTBEAT_OFFSET = 32;
  static final int CLOSED_OFFSET = 40;
  static final int LOCK_FILE_OFFSET = 48;
  static final int LENGTH = 64;

  private ProcessRowDescriptor() {}
}
