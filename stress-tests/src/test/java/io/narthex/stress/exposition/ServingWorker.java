package io.narthex.stress.exposition;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.MetricsServer;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import java.nio.file.Path;

/**
 * Serves a mapped file, to which its own threads write after {@code run} and until {@code pause}.
 * It answers each command by a line with the command's number.
 *
 * <p>Arguments: what serves, the mapped file, how many series, the ledger.
 */
public final class ServingWorker {
  /** What serves. */
  enum Kind {
    METRICS,
    CONSTANT
  }

  private ServingWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws Exception {
    final int series = Integer.parseInt(arguments[2]);
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.open(Path.of(arguments[1])))) {
      final WrittenSeries written =
          new WrittenSeries(
              registry, series, Ledger.open(Path.of(arguments[3]), WrittenSeries.THREADS));
      if (Kind.valueOf(arguments[0]) == Kind.METRICS) {
        try (MetricsServer server = MetricsServer.start(registry, 0)) {
          ChildMain.say("port " + server.port());
          obey(written, () -> {});
        }
      } else {
        try (ConstantServer server = new ConstantServer(registry)) {
          ChildMain.say("port " + server.port());
          obey(written, server::refresh);
        }
      }
    }
    ChildMain.say("stopped");
  }

  private static void obey(final WrittenSeries written, final Runnable beforeRun)
      throws InterruptedException {
    int number = 0;
    for (String command = ChildMain.nextCommand();
        !command.equals("stop");
        command = ChildMain.nextCommand()) {
      if (command.equals("run")) {
        beforeRun.run();
        written.run();
      } else {
        written.pause();
      }
      ChildMain.say(command + " " + number + ".");
      number++;
    }
  }
}
