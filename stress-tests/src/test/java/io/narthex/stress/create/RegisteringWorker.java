package io.narthex.stress.create;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.MetricConflictException;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;

/**
 * Registers many names, as counters or as gauges, while others register the same names as the other
 * type, and tells which it got.
 *
 * <p>Arguments: the mapped file, the number of names, {@code counter} or {@code gauge}.
 */
public final class RegisteringWorker {
  private RegisteringWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final int names = Integer.parseInt(arguments[1]);
    final boolean counter = arguments[2].equals("counter");
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0])).initialSize(512 << 10).open())) {
      ChildMain.say("ready");
      ChildMain.nextCommand();
      final StringBuilder outcome = new StringBuilder();
      for (int n = 0; n < names; n++) {
        outcome.append(register(registry, counter, "m" + n) ? '1' : '0');
      }
      ChildMain.say("registered " + outcome);
    }
  }

  private static boolean register(
      final MetricRegistry registry, final boolean counter, final String name) {
    try {
      if (counter) {
        Counter.builder(name).register(registry).inc();
      } else {
        // Another name, of which the exported one is taken all the same.
        Gauge.builder(name + "_total").register(registry).inc();
      }
      return true;
    } catch (final MetricConflictException e) {
      return false;
    }
  }
}
