package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import java.nio.file.Path;
import java.util.List;

/**
 * Another process, which counts each of the same label values by its number.
 *
 * <p>Arguments: the mapped file, the seed of the strings, how many of them.
 */
public final class NastyLabelCounter {
  private NastyLabelCounter() {}

  /** See the class. */
  public static void main(final String[] arguments) {
    final List<String> strings =
        NastyStrings.of(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.open(Path.of(arguments[0])))) {
      count(counter(registry), strings);
    }
    ChildMain.say("counted");
  }

  static Counter counter(final MetricRegistry registry) {
    return Counter.builder("nasty_total").labelNames("v").register(registry);
  }

  static void count(final Counter counter, final List<String> strings) {
    for (int i = 0; i < strings.size(); i++) {
      counter.labelValues(strings.get(i)).inc(i + 1);
    }
  }
}
