package io.narthex.jmh;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The look-up by two values as a service does it that has just parsed them: by fresh strings, whose
 * hashes are not cached, or by others that are equal to the children's own and hashed before. Fair:
 * client_java gets strings of the same making. {@link #strings} makes them and no more; what the
 * others allocate beyond it is their own.
 */
public class FreshLookupBenchmark extends NanosPerCall {
  /** The characters that strings are made of, and copies of the children's own strings. */
  @State(Scope.Thread)
  public static class Parsed {
    final char[][] path = new char[LookupBenchmark.Turns.CHILDREN][];
    final char[][] method = new char[LookupBenchmark.Turns.CHILDREN][];
    final String[] equalPath = new String[LookupBenchmark.Turns.CHILDREN];
    final String[] equalMethod = new String[LookupBenchmark.Turns.CHILDREN];

    /** Copies. */
    @Setup
    public void create(final LookupBenchmark.Turns turns) {
      Arrays.setAll(path, i -> turns.path[i].toCharArray());
      Arrays.setAll(method, i -> turns.method[i].toCharArray());
      Arrays.setAll(equalPath, i -> new String(path[i]));
      Arrays.setAll(equalMethod, i -> new String(method[i]));
    }
  }

  /** The strings alone. */
  @Benchmark
  public void strings(
      final Parsed parsed, final LookupBenchmark.Turns turns, final Blackhole blackhole) {
    final int i = turns.next();
    blackhole.consume(new String(parsed.path[i]));
    blackhole.consume(new String(parsed.method[i]));
  }

  /** Ours, by fresh strings. */
  @Benchmark
  public void fresh(
      final LookupBenchmark.Ours ours, final Parsed parsed, final LookupBenchmark.Turns turns) {
    final int i = turns.next();
    ours.families[2].labelValues(new String(parsed.path[i]), new String(parsed.method[i])).inc();
  }

  /** client_java, by fresh strings. */
  @Benchmark
  public void freshClientJava(
      final LookupBenchmark.Peers peers, final Parsed parsed, final LookupBenchmark.Turns turns) {
    final int i = turns.next();
    peers.families[2].labelValues(new String(parsed.path[i]), new String(parsed.method[i])).inc();
  }

  /** Ours, by equal strings. */
  @Benchmark
  public void equal(
      final LookupBenchmark.Ours ours, final Parsed parsed, final LookupBenchmark.Turns turns) {
    final int i = turns.next();
    ours.families[2].labelValues(parsed.equalPath[i], parsed.equalMethod[i]).inc();
  }

  /** client_java, by equal strings. */
  @Benchmark
  public void equalClientJava(
      final LookupBenchmark.Peers peers, final Parsed parsed, final LookupBenchmark.Turns turns) {
    final int i = turns.next();
    peers.families[2].labelValues(parsed.equalPath[i], parsed.equalMethod[i]).inc();
  }
}
