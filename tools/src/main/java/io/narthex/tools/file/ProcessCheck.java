package io.narthex.tools.file;

import java.util.HashMap;
import java.util.Map;

/** Checks the process table. */
final class ProcessCheck {
  private final FileImage image;
  private final Findings findings;

  ProcessCheck(final FileImage image, final Findings findings) {
    this.image = image;
    this.findings = findings;
  }

  /** Checks all rows; gives the row of each owner. */
  Map<Long, Integer> check() {
    final Map<Long, Integer> rows = new HashMap<>();
    for (int i = 0; i < Layout.PROCESS_ROWS; i++) {
      final ProcessRow row = ProcessRow.read(image, i);
      final String where = "process row " + i;
      final long at = ProcessRow.rowAt(i);
      // Read after the row: numbers are given out before they are used.
      final long most = image.getLong(Layout.INCARNATIONS_AT);
      if (row.owner() < 0 || row.owner() > most) {
        findings.add(at, "owner", "an incarnation up to " + most, row.owner(), where);
      } else if (row.isUsed()) {
        final Integer other = rows.putIfAbsent(row.owner(), i);
        if (other != null) {
          findings.add(
              at, "owner", "no owner of another row", row.owner() + " of row " + other, where);
        }
      }
      incarnation(at + 8, row.described(), most, "described incarnation", where);
      incarnation(at + 40, row.closed(), most, "closed incarnation", where);
      if (image.getLong(at + 56) != 0) {
        findings.addBits(at + 56, "reserved bytes", 0, image.getLong(at + 56), where);
      }
    }
    return rows;
  }

  private void incarnation(
      final long at, final long found, final long most, final String check, final String where) {
    if (found < 0 || found > most) {
      findings.add(at, check, "an incarnation up to " + most, found, where);
    }
  }
}
