package io.narthex.jmh.suite;

import io.narthex.jmh.report.Report;
import io.narthex.jmh.results.Machine;
import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code narthex bench}: runs the suite, keeps its figures as JSON and renders the report. */
@Command(
    name = "narthex bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = BenchCommand.Version.class,
    subcommands = ReportCommand.class,
    description = {
      "Measures Narthex and its peers on this machine, and writes results.json and report.html.",
      "The full run takes some 40 minutes on two cores, the quick one less than 5. Leave the machine"
          + " alone meanwhile: only ratios within one run mean much, and those only if it is quiet.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all steps ran",
      "1:a step failed, or a file could not be written",
      "2:usage"
    })
public final class BenchCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "The most telling benchmarks only, and short.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only steps in whose title, as --list prints it, this is found.")
  private Pattern only;

  @Option(names = "--list", description = "Print the steps and how long they will take, no more.")
  private boolean list;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "bench-results",
      description = "Where to write; made if need be. ${DEFAULT-VALUE} by default.")
  private Path output;

  private final PrintStream out = System.out;

  /** Runs the command. */
  public static void main(final String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setExecutionExceptionHandler(BenchCommand::report)
            .execute(args));
  }

  private static int report(
      final Exception e, final CommandLine command, final CommandLine.ParseResult parsed) {
    command
        .getErr()
        .println("narthex bench: " + (e instanceof IOException ? e.toString() : message(e)));
    return 1;
  }

  private static String message(final Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  @Override
  public Integer call() throws IOException {
    final List<Step> steps =
        new Plan(quick)
            .steps().stream()
                .filter(step -> only == null || only.matcher(step.title()).find())
                .toList();
    final double expected = steps.stream().mapToDouble(Step::expectedSeconds).sum();
    if (list) {
      steps.forEach(s -> out.printf("%5.0f s  %s%n", s.expectedSeconds(), s.title()));
      out.printf("%5.0f s  in all, some %d minutes%n", expected, Math.round(expected / 60));
      return 0;
    }
    if (steps.isEmpty()) {
      throw new IOException("no step has " + only + " in its title; --list prints them");
    }
    // Before the run, not after it: what cannot be written should not cost an hour.
    Files.createDirectories(output);
    return run(steps, expected);
  }

  private int run(final List<Step> steps, final double expected) throws IOException {
    final String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    final Progress progress = new Progress(out, steps.size(), expected);
    final List<Point> points = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    for (final Step step : steps) {
      progress.begin(step);
      try {
        points.addAll(step.run(progress::says));
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (final Exception e) {
        failed.add(step.title());
        progress.says("FAILED: " + e);
      }
      progress.end(step);
      // After each step: who stops the run keeps what it has measured.
      write(date, progress, points);
    }
    final Path html = output.resolve("report.html");
    Report.write(Results.read(output.resolve("results.json")), html);
    out.println(html.toAbsolutePath());
    failed.forEach(title -> out.println("failed: " + title));
    return failed.isEmpty() ? 0 : 1;
  }

  private void write(final String date, final Progress progress, final List<Point> points)
      throws IOException {
    new Results(
            Results.FORMAT,
            date,
            new Version().getVersion()[0],
            quick,
            progress.elapsed(),
            Machine.here(),
            points)
        .write(output.resolve("results.json"));
  }

  /** The version, of the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      final String version = BenchCommand.class.getPackage().getImplementationVersion();
      return new String[] {version == null ? "unknown" : version};
    }
  }
}
