package io.narthex.jmh;

import static io.narthex.jmh.LookupFamilies.NAME;
import static io.narthex.jmh.LookupFamilies.OpenTelemetry.METHOD;
import static io.narthex.jmh.LookupFamilies.OpenTelemetry.PATH;

import io.opentelemetry.api.common.Attributes;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The look-up by two values as a service does it that has just parsed them: by fresh strings, whose
 * hashes are not cached, or by others that are equal to the children's own and hashed before. Fair:
 * the peers get strings of the same making. {@link #strings} makes them and no more; what the
 * others allocate beyond it is their own.
 */
public class FreshLookupBenchmark extends NanosPerCall {
  /** The characters that strings are made of, and copies of the children's own strings. */
  @State(Scope.Thread)
  public static class Parsed {
    private char[][] path;
    private char[][] method;
    String[] equalPath;
    String[] equalMethod;

    /** Copies. */
    @Setup
    public void create(final LookupLabels labels) {
      path = new char[labels.children][];
      method = new char[labels.children][];
      equalPath = new String[labels.children];
      equalMethod = new String[labels.children];
      Arrays.setAll(path, i -> labels.path[i].toCharArray());
      Arrays.setAll(method, i -> labels.method[i].toCharArray());
      Arrays.setAll(equalPath, this::path);
      Arrays.setAll(equalMethod, this::method);
    }

    /** A fresh string. */
    String path(final int child) {
      return new String(path[child]);
    }

    /** A fresh string. */
    String method(final int child) {
      return new String(method[child]);
    }
  }

  /** The strings alone. */
  @Benchmark
  public void strings(final Parsed parsed, final Turns turns, final Blackhole blackhole) {
    final int i = turns.next();
    blackhole.consume(parsed.path(i));
    blackhole.consume(parsed.method(i));
  }

  /** Ours, by fresh strings. */
  @Benchmark
  public void fresh(final LookupFamilies.Ours ours, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    ours.family.labelValues(parsed.path(i), parsed.method(i)).inc();
  }

  /** client_java, by fresh strings. */
  @Benchmark
  public void freshClientJava(
      final LookupFamilies.ClientJava peer, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    peer.family.labelValues(parsed.path(i), parsed.method(i)).inc();
  }

  /** Micrometer, by fresh strings. */
  @Benchmark
  public void freshMicrometer(
      final LookupFamilies.Micrometer peer, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    peer.registry.counter(NAME, "path", parsed.path(i), "method", parsed.method(i)).increment();
  }

  /** OpenTelemetry, by fresh strings. */
  @Benchmark
  public void freshOpenTelemetry(
      final LookupFamilies.OpenTelemetry peer, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    peer.counter.add(1, Attributes.of(PATH, parsed.path(i), METHOD, parsed.method(i)));
  }

  /** Ours, by equal strings. */
  @Benchmark
  public void equal(final LookupFamilies.Ours ours, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    ours.family.labelValues(parsed.equalPath[i], parsed.equalMethod[i]).inc();
  }

  /** client_java, by equal strings. */
  @Benchmark
  public void equalClientJava(
      final LookupFamilies.ClientJava peer, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    peer.family.labelValues(parsed.equalPath[i], parsed.equalMethod[i]).inc();
  }

  /** Micrometer, by equal strings. */
  @Benchmark
  public void equalMicrometer(
      final LookupFamilies.Micrometer peer, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    peer.registry
        .counter(NAME, "path", parsed.equalPath[i], "method", parsed.equalMethod[i])
        .increment();
  }

  /** OpenTelemetry, by equal strings. */
  @Benchmark
  public void equalOpenTelemetry(
      final LookupFamilies.OpenTelemetry peer, final Parsed parsed, final Turns turns) {
    final int i = turns.next();
    peer.counter.add(1, Attributes.of(PATH, parsed.equalPath[i], METHOD, parsed.equalMethod[i]));
  }
}
