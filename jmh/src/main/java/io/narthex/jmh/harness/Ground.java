package io.narthex.jmh.harness;

import java.io.IOException;
import java.util.Map;

/** A {@link Place} that is there, in the parent of the JVMs that count. */
interface Ground extends AutoCloseable {
  /** What those JVMs need to know of it. */
  String where();

  /** Makes a counter before it is counted with, where only one process may. */
  void make(String metric, String child) throws InterruptedException;

  /** What is to be seen now: of each metric the sum of its counters. */
  Map<String, Double> totals() throws InterruptedException;

  @Override
  void close() throws IOException;
}
