package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import java.nio.charset.StandardCharsets;

/**
 * The label {@code pid} of series that are shown for each process. Of processes that have one pid,
 * as in two containers, each shows its incarnation too. For one thread and one scrape.
 */
final class ProcessLabels {
  private final ProcessTable table;
  private final Liveness liveness;
  private final GaugeMode mode;

  /** By row, made when they are first asked for; with a comma in front. */
  private byte[][] texts;

  ProcessLabels(final ProcessTable table, final Liveness liveness, final GaugeMode mode) {
    this.table = table;
    this.liveness = liveness;
    this.mode = mode;
  }

  /**
   * The label as text.
   *
   * @param follows whether other labels stand in front of it
   */
  byte[] of(final int row, final long incarnation, final boolean follows) {
    if (texts == null) {
      texts = new byte[2 * ProcessTable.ROWS][];
    }
    final int at = 2 * row + (follows ? 1 : 0);
    if (texts[at] == null) {
      final long pid = table.pid(row, incarnation);
      final String shown = isAlone(row, pid) ? Long.toString(pid) : pid + "-" + incarnation;
      texts[at] =
          ((follows ? "," : "") + "pid=\"" + shown + '"').getBytes(StandardCharsets.US_ASCII);
    }
    return texts[at];
  }

  private boolean isAlone(final int row, final long pid) {
    if (pid == 0) {
      return false;
    }
    for (int other = 0; other < ProcessTable.ROWS; other++) {
      final long owner = GaugeModes.isLive(mode) ? liveness.in(other) : table.owner(other);
      if (other != row && owner != 0 && table.pid(other, owner) == pid) {
        return false;
      }
    }
    return true;
  }
}
