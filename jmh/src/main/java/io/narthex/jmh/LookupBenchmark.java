package io.narthex.jmh;

import io.narthex.Counter;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Finding one of 256 live children by its label values and incrementing it, against client_java's
 * {@code labelValues(...).inc()}. Fair: both get the same strings by turns, which are those that
 * the children were made with. {@link FreshLookupBenchmark} looks up by other ones.
 */
public class LookupBenchmark extends NanosPerCall {
  static final String[] NAMES = {"path", "method", "status", "zone"};

  /** Label values, and whose turn it is. */
  @State(Scope.Thread)
  public static class Turns {
    static final int CHILDREN = 256;

    private static final String[] METHODS = {"GET", "PUT", "POST", "DELETE"};

    final String[] path = new String[CHILDREN];
    final String[] method = new String[CHILDREN];
    final String[] status = new String[CHILDREN];
    final String[] zone = new String[CHILDREN];
    private int last;

    /** Makes each value once, as constants are. */
    @Setup
    public void create() {
      for (int i = 0; i < CHILDREN; i++) {
        path[i] = ("/orders/" + i).intern();
        method[i] = METHODS[i % METHODS.length];
        status[i] = ("20" + i % 5).intern();
        zone[i] = ("eu-west-" + i % 16).intern();
      }
    }

    int next() {
      last = (last + 1) & (CHILDREN - 1);
      return last;
    }
  }

  /** Ours. */
  @State(Scope.Benchmark)
  public static class Ours {
    final Counter[] families = new Counter[NAMES.length + 1];
    final Counter[] views = new Counter[Turns.CHILDREN];

    /** Makes the families and their children. */
    @Setup
    public void create(final Room room, final Turns turns) {
      for (int labels = 1; labels <= NAMES.length; labels++) {
        families[labels] =
            Counter.builder("by_" + labels + "_labels_total")
                .labelNames(Arrays.copyOf(NAMES, labels))
                .register(room.registry);
      }
      for (int i = 0; i < Turns.CHILDREN; i++) {
        families[1].labelValues(turns.path[i]);
        families[2].labelValues(turns.path[i], turns.method[i]);
        families[3].labelValues(turns.path[i], turns.method[i], turns.status[i]);
        families[4].labelValues(turns.path[i], turns.method[i], turns.status[i], turns.zone[i]);
        views[i] = families[2].labels("path", turns.path[i]);
      }
    }
  }

  /** client_java's. */
  @State(Scope.Benchmark)
  public static class Peers {
    final io.prometheus.metrics.core.metrics.Counter[] families =
        new io.prometheus.metrics.core.metrics.Counter[NAMES.length + 1];

    /** Makes the families and their children. */
    @Setup
    public void create(final Turns turns) {
      for (int labels = 1; labels <= NAMES.length; labels++) {
        families[labels] =
            io.prometheus.metrics.core.metrics.Counter.builder()
                .name("by_" + labels + "_labels_total")
                .labelNames(Arrays.copyOf(NAMES, labels))
                .build();
      }
      for (int i = 0; i < Turns.CHILDREN; i++) {
        families[1].labelValues(turns.path[i]);
        families[2].labelValues(turns.path[i], turns.method[i]);
        families[3].labelValues(turns.path[i], turns.method[i], turns.status[i]);
        families[4].labelValues(turns.path[i], turns.method[i], turns.status[i], turns.zone[i]);
      }
    }
  }

  /** Ours, by one value. */
  @Benchmark
  public void one(final Ours ours, final Turns turns) {
    final int i = turns.next();
    ours.families[1].labelValues(turns.path[i]).inc();
  }

  /** Ours, by two values. */
  @Benchmark
  public void two(final Ours ours, final Turns turns) {
    final int i = turns.next();
    ours.families[2].labelValues(turns.path[i], turns.method[i]).inc();
  }

  /** Ours, by three values. */
  @Benchmark
  public void three(final Ours ours, final Turns turns) {
    final int i = turns.next();
    ours.families[3].labelValues(turns.path[i], turns.method[i], turns.status[i]).inc();
  }

  /** Ours, by four values. */
  @Benchmark
  public void four(final Ours ours, final Turns turns) {
    final int i = turns.next();
    ours.families[4]
        .labelValues(turns.path[i], turns.method[i], turns.status[i], turns.zone[i])
        .inc();
  }

  /** Ours, by the second label of a kept view that has the first; client_java has no views. */
  @Benchmark
  public void twoFromView(final Ours ours, final Turns turns) {
    final int i = turns.next();
    ours.views[i].labels("method", turns.method[i]).inc();
  }

  /** client_java, by one value. */
  @Benchmark
  public void oneClientJava(final Peers peers, final Turns turns) {
    final int i = turns.next();
    peers.families[1].labelValues(turns.path[i]).inc();
  }

  /** client_java, by two values. */
  @Benchmark
  public void twoClientJava(final Peers peers, final Turns turns) {
    final int i = turns.next();
    peers.families[2].labelValues(turns.path[i], turns.method[i]).inc();
  }

  /** client_java, by three values. */
  @Benchmark
  public void threeClientJava(final Peers peers, final Turns turns) {
    final int i = turns.next();
    peers.families[3].labelValues(turns.path[i], turns.method[i], turns.status[i]).inc();
  }

  /** client_java, by four values. */
  @Benchmark
  public void fourClientJava(final Peers peers, final Turns turns) {
    final int i = turns.next();
    peers
        .families[4]
        .labelValues(turns.path[i], turns.method[i], turns.status[i], turns.zone[i])
        .inc();
  }
}
