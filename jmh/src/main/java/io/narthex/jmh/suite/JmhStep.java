package io.narthex.jmh.suite;

import io.narthex.jmh.results.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Some methods of one benchmark class, with one choice of parameters. */
final class JmhStep implements Step {
  private static final String GARBAGE = "gc.alloc.rate.norm";

  /** What has the JVM refuse Agrona's memory access: any argument takes the place of the flag. */
  private static final String NO_FLAG = "-Dnarthex.flag=none";

  private static final double NANOS_PER_MILLI = 1e6;

  private final String measure;
  private final Class<?> benchmarks;
  private final List<String> methods;
  private final Pace pace;
  private final Map<String, String> shown = new LinkedHashMap<>();
  private final Map<String, String> jmhParameters = new LinkedHashMap<>();
  private int threads = 1;
  private String backend = "mapped";
  private boolean flag = true;
  private int operations = 1;
  private double perMethod;

  JmhStep(
      final String measure,
      final Class<?> benchmarks,
      final List<String> methods,
      final Pace pace) {
    this.measure = measure;
    this.benchmarks = benchmarks;
    this.methods = new ArrayList<>(methods);
    this.pace = pace;
    this.perMethod = pace.seconds();
  }

  /** So many threads, as a parameter of the points. */
  JmhStep threads(final int count) {
    threads = count;
    return shown("threads", Integer.toString(count));
  }

  /** The backend of ours. */
  JmhStep backend(final String name) {
    backend = name;
    return this;
  }

  /** Without the peers, which have no backend of ours. */
  JmhStep onlyOurs() {
    methods.removeIf(Subjects::isPeer);
    return this;
  }

  /** Without Agrona's flag. */
  JmhStep withoutFlag() {
    flag = false;
    return onlyOurs();
  }

  /** A parameter of the points that the benchmark does not take. */
  JmhStep shown(final String name, final String value) {
    shown.put(name, value);
    return this;
  }

  /** A parameter of the benchmark and of the points. */
  JmhStep with(final String name, final String value) {
    jmhParameters.put(name, value);
    return shown(name, value);
  }

  /** Measured are shots, in ms, of so many operations. */
  JmhStep operations(final int count) {
    operations = count;
    return this;
  }

  /** About how long one method takes, where it is not its iterations that tell. */
  JmhStep seconds(final double each) {
    perMethod = each;
    return this;
  }

  @Override
  public String title() {
    final StringBuilder title = new StringBuilder(measure);
    shown.forEach((name, value) -> title.append(' ').append(name).append('=').append(value));
    title.append(" (").append(backend);
    if (!flag) {
      title.append(", no flag");
    }
    return title.append(')').toString();
  }

  @Override
  public double expectedSeconds() {
    return methods.size() * perMethod;
  }

  /** Each method by itself, so that one which fails takes no other with it. */
  @Override
  public void run(final Consumer<Point> keep, final Consumer<String> says) throws Exception {
    final List<String> failed = new ArrayList<>();
    for (final String method : methods) {
      try {
        final RunResult result = run(method).iterator().next();
        final Point point = pointOf(result);
        keep.accept(point);
        pageBytes(result, point).ifPresent(keep);
        says.accept(
            String.format(
                Locale.ROOT, "%-28s %,14.2f %s", point.subject(), point.value(), point.unit()));
      } catch (final RunnerException e) {
        failed.add(method + ": " + cause(e));
      }
    }
    if (!failed.isEmpty()) {
      throw new IOException(String.join("; ", failed));
    }
  }

  private Collection<RunResult> run(final String method) throws RunnerException {
    final ChainedOptionsBuilder options =
        new OptionsBuilder()
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .include('^' + Pattern.quote(benchmarks.getName() + '.' + method) + '$')
            .param("backend", backend);
    jmhParameters.forEach(options::param);
    if (!flag) {
      options.jvmArgsAppend(NO_FLAG);
    }
    pace.applyTo(options);
    return new Runner(options.build()).run();
  }

  /** What is behind JMH's own words, which only say that a benchmark failed. */
  private static String cause(final RunnerException e) {
    Throwable cause = e;
    for (final Throwable suppressed : e.getSuppressed()) {
      cause = suppressed;
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("");
  }

  private Point pointOf(final RunResult result) {
    final String name = result.getParams().getBenchmark();
    final String method = name.substring(name.lastIndexOf('.') + 1);
    final Result<?> primary = result.getPrimaryResult();
    final Result<?> garbage = result.getSecondaryResults().get(GARBAGE);
    final double error = primary.getScoreError();
    final double scale = operations == 1 ? 1 : NANOS_PER_MILLI / operations;
    return new Point(
        measure,
        Subjects.of(method, "narthex " + backend + (flag ? "" : ", no flag")),
        shown,
        operations == 1 ? primary.getScoreUnit() : "ns/op",
        primary.getScore() * scale,
        Double.isNaN(error) ? null : error * scale,
        garbage == null ? null : garbage.getScore() / operations);
  }

  /** A scrape's other figure: how large its page was. */
  private static Optional<Point> pageBytes(final RunResult result, final Point point) {
    // The mean of the iterations, whose sum JMH gives as the score.
    return Optional.ofNullable(result.getSecondaryResults().get("pageBytes"))
        .map(bytes -> bytes.getStatistics().getMean())
        .map(mean -> Point.of("page-bytes", point.subject(), point.parameters(), "B", mean));
  }
}
