package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.List;

/** The rows of the process table that were ever used, and who of their owners is alive. */
final class ProcessRows {
  private final FileImage image;
  private final List<ProcessRow> rows = new ArrayList<>();
  private final List<ProcessState> states = new ArrayList<>();
  private final boolean readable;

  ProcessRows(final FileImage image, final long seed) {
    this.image = image;
    final LockBytes locks = LockBytes.of(image.path());
    this.readable = locks.isReadable();
    for (int i = 0; i < Layout.PROCESS_ROWS; i++) {
      final ProcessRow row = ProcessRow.read(image, i);
      if (row.isUsed()) {
        rows.add(row);
        states.add(locks.state(row, seed));
      }
    }
  }

  List<ProcessRow> rows() {
    return rows;
  }

  /** By the place in {@link #rows}. */
  ProcessState state(final int index) {
    return states.get(index);
  }

  /** Whether locks could be read at all. */
  boolean isReadable() {
    return readable;
  }

  int count(final ProcessState state) {
    return (int) states.stream().filter(state::equals).count();
  }

  /** How many incarnations were given out. */
  long incarnations() {
    return image.getLong(Layout.INCARNATIONS_AT);
  }

  /** Whether an incarnation has a row now, and is alive. */
  boolean isAlive(final int row, final long incarnation) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).row() == row) {
        return rows.get(i).owner() == incarnation
            && (states.get(i) == ProcessState.ALIVE || states.get(i) == ProcessState.UNKNOWN);
      }
    }
    return false;
  }

  /** Whether an incarnation is the owner of a row. */
  boolean isOwner(final int row, final long incarnation) {
    return rows.stream().anyMatch(one -> one.row() == row && one.owner() == incarnation);
  }
}
