package io.narthex.jmh.harness;

import io.narthex.jmh.Names;
import java.nio.file.Path;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A JVM that measures single calls of {@code inc()}: {@code LatencyWorker SUBJECT LOAD FILE
 * INTERVAL_NS SERIES}. It answers {@code ready}; to a number of milliseconds it answers with the
 * {@link #PERCENTILES} of the calls in that time, in nanoseconds: first from when they were due,
 * then from when they were made; and how much the load has done.
 */
final class LatencyWorker {
  /** The last one is the longest call. */
  static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

  private static final int STRIPES = 16;

  /** The schedule runs anew so often, lest only its first run be compiled. */
  private static final long SLICE_NANOS = 100_000_000;

  private LatencyWorker() {}

  public static void main(final String... args) throws InterruptedException {
    final Parent parent = Parent.listen();
    final long interval = Long.parseLong(args[3]);
    try (Subject subject = Subject.open(args[0], "counter", Path.of(args[2]), STRIPES)) {
      final Names names = new Names(Names.SERIES);
      subject.create(names, Integer.parseInt(args[4]));
      final Runnable call = subject.child(names.path(0), names.customer(0));
      final Load load = Load.start(args[1], subject);
      parent.say("ready");
      while (true) {
        final String[] order = parent.order().split(" ", -1);
        final long nanos = Long.parseLong(order[1]) * 1_000_000;
        if (order[0].equals("warm")) {
          for (long warm = 0; warm < nanos; warm += SLICE_NANOS) {
            Schedule.run(call, interval, SLICE_NANOS);
          }
          parent.say("warm");
        } else {
          final long before = load.done();
          final Schedule times = Schedule.run(call, interval, nanos);
          parent.say(
              percentiles(times::fromDue)
                  + ' '
                  + percentiles(times::fromCall)
                  + ' '
                  + (load.done() - before));
        }
      }
    }
  }

  private static String percentiles(final DoubleFunction<Long> times) {
    return DoubleStream.of(PERCENTILES)
        .mapToObj(times)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
