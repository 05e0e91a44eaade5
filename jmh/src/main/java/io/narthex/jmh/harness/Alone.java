package io.narthex.jmh.harness;

import io.narthex.jmh.results.Point;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Runs one harness from the command line: progress goes to the error output, then the table. */
final class Alone {
  private Alone() {}

  /** A harness in one of its forms. */
  @FunctionalInterface
  interface Form {
    List<Point> measure(Consumer<String> progress) throws IOException, InterruptedException;
  }

  static void run(final String[] args, final Form quick, final Form full)
      throws IOException, InterruptedException {
    final boolean isQuick = args.length == 1 && args[0].equals("--quick");
    if (args.length > 0 && !isQuick) {
      System.err.println("the only option is --quick");
      System.exit(2);
    }
    final long start = System.nanoTime();
    final List<Point> points = (isQuick ? quick : full).measure(System.err::println);
    System.err.println("took " + (System.nanoTime() - start) / 1_000_000_000 + " s");
    System.out.print(Figures.table(points));
  }
}
