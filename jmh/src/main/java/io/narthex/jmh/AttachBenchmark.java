package io.narthex.jmh;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.Backend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A viewer that attaches to a file of many series and writes one page of it, in a JVM that has done
 * so a few times before; one that has not yet compiled its code takes longer. No peer does both:
 * Agrona's {@code CountersReader} attaches to a file of its counters, but there is nothing in it
 * that writes a page.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(value = 1, jvmArgsAppend = ForkFlags.AGRONA)
public class AttachBenchmark {
  /** The file. */
  @State(Scope.Benchmark)
  public static class Ours {
    /** How many series the file has. */
    @Param("100000")
    public int series;

    final CountingSink out = new CountingSink();
    private PrivateDirectory directory;
    private MetricRegistry writer;

    /** Makes the series. */
    @Setup
    public void create() throws IOException {
      directory = new PrivateDirectory();
      writer = MetricRegistry.create(MappedBackend.open(directory.file()));
      final Names names = new Names(series);
      final Counter family =
          Counter.builder("orders_total").labelNames("path", "customer").register(writer);
      for (int i = 0; i < series; i++) {
        family.labelValues(names.path(i), names.customer(i)).inc();
      }
    }

    /** Deletes the file. */
    @TearDown
    public void delete() throws IOException {
      writer.close();
      directory.close();
    }
  }

  /** Ours. */
  @Benchmark
  public void attach(final Ours ours) throws IOException {
    final Backend viewed = MappedBackend.openReadOnly(ours.directory.file());
    try (MetricRegistry viewer = MetricRegistry.create(viewed)) {
      TextFormat.PROMETHEUS.write(viewer, ours.out);
    }
  }
}
