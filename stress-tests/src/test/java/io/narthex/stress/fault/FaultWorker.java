package io.narthex.stress.fault;

import io.narthex.MetricRegistry;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import java.nio.file.Path;
import java.util.List;

/**
 * Does the steps of a scenario and stores their number in the ledger, each behind its step. Says
 * which points it passed, or is held at one.
 *
 * <p>Arguments: the scenario's name, the mapped file, the ledger, then nothing or a point.
 */
public final class FaultWorker {
  static final int ACKNOWLEDGED = 0;

  private FaultWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final Scenario scenario = Scenarios.named(arguments[0]);
    final Path file = Path.of(arguments[1]);
    final Ledger ledger = Ledger.open(Path.of(arguments[2]), 1);
    final Point point = arguments.length > 3 ? Point.parse(arguments[3]) : null;
    if (scenario.isOpening()) {
      arm(point);
    }
    if (scenario.isTwice()) {
      scenario.open(file).close();
    }
    final MetricRegistry registry = scenario.open(file);
    if (!scenario.isOpening()) {
      arm(point);
    }
    final List<Step> steps = scenario.steps();
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run(registry);
      ledger.store(0, ACKNOWLEDGED, i + 1);
    }
    registry.close();
    awaitEndOf("narthex " + file.getFileName());
    FaultHook.listed().forEach(passed -> ChildMain.say("passed " + passed.toLine()));
    ChildMain.say("ended");
  }

  private static void arm(final Point point) {
    if (point == null) {
      FaultHook.list();
    } else {
      FaultHook.holdAt(point);
    }
  }

  /** What was handed to the file's thread is done before the thread ends. */
  private static void awaitEndOf(final String name) throws InterruptedException {
    for (final Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.join();
      }
    }
  }
}
