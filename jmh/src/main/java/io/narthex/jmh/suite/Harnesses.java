package io.narthex.jmh.suite;

import io.narthex.jmh.harness.Interference;
import io.narthex.jmh.harness.Latencies;
import io.narthex.jmh.harness.Memory;
import io.narthex.jmh.harness.Processes;
import java.util.List;

/** What JMH cannot measure. */
final class Harnesses {
  private Harnesses() {}

  static List<Step> steps(final boolean quick) {
    return quick
        ? List.of(
            new HarnessStep("processes", 20, Processes::quick),
            new HarnessStep("latency", 20, Latencies::quick),
            new HarnessStep("scrape-interference", 10, Interference::quick),
            new HarnessStep("memory", 15, Memory::quick))
        : List.of(
            new HarnessStep("processes", 85, Processes::full),
            new HarnessStep("latency", 140, Latencies::full),
            new HarnessStep("scrape-interference", 120, Interference::full),
            new HarnessStep("memory", 40, Memory::full));
  }
}
