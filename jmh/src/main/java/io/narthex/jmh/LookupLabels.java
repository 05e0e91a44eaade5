package io.narthex.jmh;

import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The label values of the children that are looked up: the same strings for all threads and all
 * libraries, and those that the children are made with. Children are made in another order than
 * they are looked up in, so that no library finds many of them in a row of memory.
 */
@State(Scope.Benchmark)
public class LookupLabels {
  private static final String[] NAMES = {"path", "method", "status", "zone"};
  private static final String[] METHODS = {"GET", "PUT", "POST", "DELETE"};

  /** How many there are. */
  @Param("256")
  public int children;

  String[] path;
  String[] method;
  String[] status;
  String[] zone;
  private int labels;

  /** Makes each value once, as constants are. */
  @Setup
  public void create(final BenchmarkParams benchmark) {
    labels = labels(benchmark.getBenchmark());
    path = new String[children];
    method = new String[children];
    status = new String[children];
    zone = new String[children];
    for (int i = 0; i < children; i++) {
      path[i] = "/orders/" + i;
      method[i] = METHODS[i % METHODS.length];
      status[i] = ("20" + i % 5).intern();
      zone[i] = ("eu-west-" + i % 16).intern();
    }
  }

  /** As its name says, or two; families that are not looked up in would only take memory. */
  private static int labels(final String benchmark) {
    final String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    return name.startsWith("one") ? 1 : name.startsWith("four") ? 4 : 2;
  }

  /** The names of the labels that this benchmark looks up by. */
  String[] names() {
    return Arrays.copyOf(NAMES, labels);
  }

  /** All children, shuffled: the order to make them in. */
  int[] shuffled() {
    final Random random = new Random(42);
    final int[] order = new int[children];
    for (int i = 0; i < children; i++) {
      final int place = random.nextInt(i + 1);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }

  /** The values of one child, as many as names. */
  String[] values(final int child) {
    return Arrays.copyOf(
        new String[] {path[child], method[child], status[child], zone[child]}, labels);
  }
}
