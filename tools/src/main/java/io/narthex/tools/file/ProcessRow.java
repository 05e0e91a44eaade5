package io.narthex.tools.file;

/**
 * A row of the process table.
 *
 * @param row its number
 * @param owner the incarnation that has it; 0 if none ever had
 * @param described the incarnation that pid and start belong to
 * @param closed the incarnation that has closed the file
 * @param lockFile the inode of the lock file in which the owner has its lock
 */
record ProcessRow(
    int row,
    long owner,
    long described,
    long pid,
    long startMillis,
    long heartbeatMillis,
    long closed,
    long lockFile) {

  static ProcessRow read(final FileImage image, final int row) {
    final long at = rowAt(row);
    return new ProcessRow(
        row,
        image.getLong(at),
        image.getLong(at + 8),
        image.getLong(at + 16),
        image.getLong(at + 24),
        image.getLong(at + 32),
        image.getLong(at + 40),
        image.getLong(at + 48));
  }

  static long rowAt(final int row) {
    return Layout.PROCESSES_AT + (long) row * Layout.ROW;
  }

  /** Whether pid and start are the owner's. */
  boolean isDescribed() {
    return described == owner;
  }

  boolean isClosed() {
    return closed == owner;
  }

  boolean isUsed() {
    return owner != 0;
  }
}
