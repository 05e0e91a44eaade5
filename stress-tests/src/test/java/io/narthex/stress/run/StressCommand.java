package io.narthex.stress.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.narthex.MetricRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code narthex stress}: all tests of this module in their long forms, class by class. */
@Command(
    name = "narthex stress",
    mixinStandardHelpOptions = true,
    versionProvider = StressCommand.Version.class,
    sortOptions = false,
    description = {
      "Runs the stress tests in their long forms, and writes summary.md and log.txt.",
      "A thousand kills, 100,000 damaged inputs, a thousand generations of processes and every store"
          + " take some three hours on two cores, whatever is asked for; the soak lasts for what is"
          + " left of the hours, half an hour and a thousand processes at least.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all tests are green that could be run here; those that could not are named",
      "1:a test failed, a class ran none, or a file could not be written",
      "2:the command line is wrong"
    })
public final class StressCommand implements Callable<Integer> {
  private static final Duration REMINDER = Duration.ofMinutes(5);

  @Option(
      names = "--hours",
      paramLabel = "H",
      defaultValue = "4",
      description = "How long it should take, fractions allowed. ${DEFAULT-VALUE} by default.")
  private double hours;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      converter = Regex.class,
      description = "Only test classes in whose name this is found.")
  private Pattern only;

  @Option(names = "--list", description = "Print the classes and how long they will take, no more.")
  private boolean list;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "stress-results",
      description = "Where to write; made if need be. ${DEFAULT-VALUE} by default.")
  private Path output;

  @Spec private CommandSpec spec;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  /** Runs the command. */
  public static void main(final String[] args) {
    System.exit(
        new CommandLine(new StressCommand())
            .setParameterExceptionHandler(StressCommand::refuse)
            .setExecutionExceptionHandler(StressCommand::fail)
            .execute(args));
  }

  private static int refuse(final ParameterException e, final String... args) {
    final CommandLine command = e.getCommandLine();
    command.getErr().println("narthex: " + e.getMessage().lines().findFirst().orElse(""));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(
      final Exception e, final CommandLine command, final CommandLine.ParseResult parsed)
      throws Exception {
    if (!(e instanceof IOException)) {
      throw e;
    }
    // Those of file systems are often the file's name and no more: the kind tells why.
    final String kind = e.getClass().getSimpleName();
    command.getErr().println("narthex: cannot write: " + e.getMessage() + " (" + kind + ")");
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() throws IOException {
    if (!(hours > 0 && hours <= 1000)) {
      throw new ParameterException(
          spec.commandLine(), "--hours " + hours + " is not more than 0 and at most 1000");
    }
    final Launcher launcher = LauncherFactory.create();
    final List<String> found =
        TestClasses.of(launcher).stream()
            .filter(name -> only == null || only.matcher(name).find())
            .toList();
    final LongForms forms = new LongForms(hours, found);
    final List<String> classes = found.stream().sorted(forms.shortFirst()).toList();
    if (classes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "No class has '" + only + "' in its name; --list prints them");
    }
    forms.apply();
    final double expected =
        classes.stream().mapToDouble(c -> forms.seconds(TestClasses.simple(c))).sum();
    if (list) {
      classes.forEach(c -> out.printf("%7.0f s  %s%n", forms.seconds(TestClasses.simple(c)), c));
      out.printf("%7.0f s  in all, some %s%n", expected, Clock.text(Math.round(expected)));
      return told(0);
    }
    return run(launcher, forms, classes, expected);
  }

  private int run(
      final Launcher launcher,
      final LongForms forms,
      final List<String> classes,
      final double expected)
      throws IOException {
    // The script runs the tests where Maven does, in the directory of their module.
    final Path directory =
        Path.of(System.getProperty("narthex.stress.from", "")).resolve(output).toAbsolutePath();
    Files.createDirectories(directory);
    final Summary summary = new Summary(directory.resolve("summary.md"), hours);
    final List<Outcome> outcomes = new ArrayList<>();
    // One of another run would be taken for this one's.
    summary.write(outcomes, classes.size());
    final boolean logged;
    try (PrintStream log =
            new PrintStream(directory.resolve("log.txt").toFile(), StandardCharsets.UTF_8);
        Progress progress = new Progress(out, classes.size(), expected, REMINDER)) {
      System.setOut(log);
      System.setErr(log);
      for (final String name : classes) {
        final String test = TestClasses.simple(name);
        progress.begin(test, forms.seconds(test));
        log.println("==== " + name);
        final Recorder recorder = new Recorder();
        launcher.execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(name)).build(),
            recorder);
        final Outcome outcome = recorder.outcome(test);
        outcomes.add(outcome);
        progress.end(outcome);
        summary.write(outcomes, classes.size());
      }
      logged = !log.checkError();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    final long red = outcomes.stream().filter(outcome -> !outcome.isGreen()).count();
    out.println(
        (red == 0 ? "all green" : red + " of " + classes.size() + " classes are not green")
            + ", "
            + Outcome.skipped(outcomes));
    for (final Outcome outcome : outcomes) {
      outcome.skipped().forEach(reason -> out.println("  " + outcome.test() + ", " + reason));
    }
    out.println(directory.resolve("summary.md"));
    if (!logged) {
      throw new IOException(directory.resolve("log.txt") + " is not whole");
    }
    return told(red == 0 ? 0 : 1);
  }

  /** Fails where what was told has not arrived. */
  private int told(final int exitCode) throws IOException {
    if (out.checkError()) {
      throw new IOException("standard output");
    }
    return exitCode;
  }

  /** Says in words of a user, without names of classes, what is wrong with an expression. */
  static final class Regex implements CommandLine.ITypeConverter<Pattern> {
    @Override
    public Pattern convert(final String text) {
      try {
        return Pattern.compile(text);
      } catch (final PatternSyntaxException e) {
        throw new CommandLine.TypeConversionException(
            "'" + text + "' is no regular expression: " + e.getDescription());
      }
    }
  }

  /** The version of the library that is tested. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      final String version = MetricRegistry.class.getPackage().getImplementationVersion();
      return new String[] {"narthex " + (version == null ? "development" : version)};
    }
  }
}
