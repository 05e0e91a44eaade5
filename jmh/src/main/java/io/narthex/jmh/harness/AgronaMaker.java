package io.narthex.jmh.harness;

import io.narthex.jmh.AgronaFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * A JVM that makes Agrona's counters for others, as one process has to: {@code AgronaMaker FILE}.
 * It answers {@code ready}; to {@code make METRIC CHILD} it answers {@code made}, and to {@code
 * totals} with each metric and the sum of its counters.
 */
final class AgronaMaker {
  private AgronaMaker() {}

  static String label(final String metric, final String child) {
    return metric + ' ' + child;
  }

  public static void main(final String... args) throws InterruptedException {
    final Parent parent = Parent.listen();
    try (AgronaFile file = AgronaFile.create(Path.of(args[0]))) {
      final CountersManager manager = file.manager();
      parent.say("ready");
      while (true) {
        final String[] order = parent.order().split(" ", -1);
        if (order[0].equals("make")) {
          manager.allocate(label(order[1], order[2]));
          parent.say("made");
        } else {
          parent.say(totals(file.reader()));
        }
      }
    }
  }

  private static String totals(final CountersReader reader) {
    final Map<String, Long> totals = new TreeMap<>();
    reader.forEach(
        (value, id, label) ->
            totals.merge(label.substring(0, label.indexOf(' ')), value, Long::sum));
    return totals.entrySet().stream()
        .map(total -> total.getKey() + ' ' + total.getValue())
        .collect(Collectors.joining(" "));
  }
}
