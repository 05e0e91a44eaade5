package io.narthex.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The settings of benchmarks whose unit is a call of some nanoseconds.
 *
 * <p>Here as in all other benchmarks client_java is without exemplars: Narthex has none, and
 * sampling them takes client_java a timer's task for each child ten times a second, which with very
 * many children is more than what is measured.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      ForkFlags.AGRONA,
      ForkFlags.CHRONICLE_CHANNELS,
      ForkFlags.CHRONICLE_CLEANERS,
      ForkFlags.CHRONICLE_REFLECTION
    })
public abstract class NanosPerCall {}
