package io.narthex.jmh.suite;

import io.narthex.jmh.report.Report;
import io.narthex.jmh.results.Build;
import io.narthex.jmh.results.Jvm;
import io.narthex.jmh.results.Machine;
import io.narthex.jmh.results.Point;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code narthex bench}: runs the suite, keeps its figures as JSON and renders the report. */
@Command(
    name = "narthex bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = BenchCommand.Version.class,
    subcommands = ReportCommand.class,
    description = {
      "Measures Narthex and its peers on this machine, and writes results.json and report.html.",
      "The full run takes some 30 minutes on two cores, the quick one less than 5. Leave the machine"
          + " alone meanwhile: only ratios within one run mean much, and those only if it is quiet.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all steps ran",
      "1:a step failed, or a file could not be written",
      "2:the command line is wrong"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String RESULTS = "results.json";

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

  @Spec private CommandSpec spec;

  /** Runs the command. */
  public static void main(final String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setParameterExceptionHandler(BenchCommand::refuse)
            .setExecutionExceptionHandler(BenchCommand::fail)
            .execute(args));
  }

  private static int refuse(final ParameterException e, final String... args) {
    final CommandLine command = e.getCommandLine();
    // The first line: a pattern that is none is drawn in the others.
    command.getErr().println("narthex: " + e.getMessage().lines().findFirst().orElse(""));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(
      final Exception e, final CommandLine command, final CommandLine.ParseResult parsed) {
    if (e instanceof IOException || e instanceof IllegalArgumentException) {
      command.getErr().println("narthex: " + words(e));
    } else {
      e.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The exceptions of the file system have the file as their whole message. */
  private static String words(final Exception e) {
    if (e instanceof AccessDeniedException) {
      return e.getMessage() + ": permission denied; choose another place";
    }
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile()
          + (e instanceof FileAlreadyExistsException
              ? " is no directory; choose another place"
              : " cannot be reached");
    }
    return e.getMessage();
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
      throw new ParameterException(
          spec.commandLine(), "No step has '" + only + "' in its title; --list prints them");
    }
    prepare();
    return run(steps, expected);
  }

  /** Before the run, not after it: what cannot be written should not cost an hour. */
  private void prepare() throws IOException {
    Files.createDirectories(output);
    final Path results = output.resolve(RESULTS);
    if (Files.exists(results)) {
      final Path before = output.resolve("results-before.json");
      Files.move(results, before, StandardCopyOption.REPLACE_EXISTING);
      out.println("what was in " + results + " is now in " + before);
    }
  }

  private int run(final List<Step> steps, final double expected) throws IOException {
    final String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    final Progress progress = new Progress(out, steps.size(), expected);
    final List<Point> points = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    for (final Step step : steps) {
      progress.begin(step);
      try {
        step.run(points::add, progress::says);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (final Exception | LinkageError e) {
        failed.add(step.title());
        progress.says("FAILED: " + e.getMessage());
      }
      progress.end(step);
      // After each step: who stops the run keeps what it has measured.
      write(date, progress, points);
    }
    final Path html = output.resolve("report.html");
    Report.write(Results.read(output.resolve(RESULTS)), html);
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
            Build.here(),
            Machine.here(),
            Jvm.here(),
            points)
        .write(output.resolve(RESULTS));
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
