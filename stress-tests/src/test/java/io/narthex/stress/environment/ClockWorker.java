package io.narthex.stress.environment;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.Seen;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;

/**
 * Counts, and has a part in a gauge of living processes. For each line it removes its series and
 * counts anew, then tells the time by its clock, the value, when the counter and the histogram are
 * said to be created, and the gauge.
 *
 * <p>Arguments: the file, its part of the gauge.
 */
public final class ClockWorker {
  private ClockWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0])).initialSize(512 << 10).open())) {
      final Counter counter = Counter.builder("n").labelNames("n").register(registry);
      final Histogram histogram =
          Histogram.builder("h").labelNames("n").buckets(1).register(registry);
      Gauge.builder("g")
          .mode(GaugeMode.LIVE_SUM)
          .register(registry)
          .set(Double.parseDouble(arguments[1]));
      ChildMain.say("ready");
      String command = ChildMain.nextCommand();
      while (!command.equals("exit")) {
        counter.remove("a");
        histogram.remove("a");
        counter.labelValues("a").inc();
        histogram.labelValues("a").observe(0.5);
        final Seen seen = Seen.of(registry::visit);
        ChildMain.say(
            "answer "
                + command
                + ": "
                + System.currentTimeMillis()
                + " "
                + seen.value("n", "n=\"a\"")
                + " "
                + seen.get("n", "n=\"a\"").createdMillis()
                + " "
                + seen.get("h", "n=\"a\"").createdMillis()
                + " "
                + seen.value("g", ""));
        command = ChildMain.nextCommand();
      }
    }
  }
}
