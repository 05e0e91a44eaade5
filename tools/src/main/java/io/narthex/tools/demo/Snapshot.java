package io.narthex.tools.demo;

import java.time.Duration;
import java.util.List;

/**
 * What the table shows at one moment.
 *
 * @param elapsed since the clients began
 * @param rows one for each worker that ever was
 * @param all the sums
 * @param serving how many workers serve
 * @param wanted how many should
 */
record Snapshot(Duration elapsed, List<Row> rows, Row all, int serving, int wanted) {
  /**
   * One line of the table.
   *
   * @param pid 0 in the line of sums
   * @param rate requests per second since the last table
   * @param state null in the line of sums
   */
  record Row(
      String worker,
      long pid,
      long requests,
      double rate,
      long errors,
      Latency latency,
      WorkerState state) {}
}
