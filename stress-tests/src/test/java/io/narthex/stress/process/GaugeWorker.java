package io.narthex.stress.process;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A process that has a part in gauges of all modes.
 *
 * <p>Arguments: the mapped file, the value that it sets, which also gives its version. Then waits
 * to be killed, or for the command {@code look}, at which it tells what it sees, {@code exit}, at
 * which it ends without closing anything, or {@code close}.
 */
public final class GaugeWorker {
  /** So that a file does not grow for the sake of ever new ones. */
  private static final int VERSIONS = 11;

  private GaugeWorker() {}

  /** See the class. */
  @SuppressWarnings("resource") // not closed, as by a process that is killed
  public static void main(final String[] arguments) throws InterruptedException {
    final double value = Double.parseDouble(arguments[1]);
    final MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(Path.of(arguments[0])).initialSize(512 << 10).open());
    for (final GaugeMode mode : GaugeMode.values()) {
      Gauge.builder("g_" + mode.name().toLowerCase(Locale.ROOT))
          .mode(mode)
          .labelNames("l")
          .register(registry)
          .labelValues("a")
          .set(value);
    }
    final Counter starts = Counter.builder("starts").register(registry);
    starts.inc();
    starts.inc(0.25);
    Info.builder("build")
        .labelNames("version")
        .register(registry)
        .labelValues("v" + Math.floorMod((long) value, VERSIONS))
        .set();
    ChildMain.say("set " + ProcessHandle.current().pid());
    String command = ChildMain.nextCommand();
    while (command.equals("look")) {
      final Page page = Page.of(registry);
      ChildMain.say("sees " + page.sum("g_live_sum") + " alive of " + page.sum("g_sum"));
      command = ChildMain.nextCommand();
    }
    if (command.equals("close")) {
      registry.close();
    }
    Runtime.getRuntime().halt(0);
  }
}
