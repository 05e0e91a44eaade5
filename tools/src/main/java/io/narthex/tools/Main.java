package io.narthex.tools;

import io.narthex.NarthexException;
import io.narthex.tools.demo.DemoCommand;
import io.narthex.tools.diff.DiffCommand;
import io.narthex.tools.export.ExportCommand;
import io.narthex.tools.file.CompactCommand;
import io.narthex.tools.file.InspectCommand;
import io.narthex.tools.file.VerifyCommand;
import io.narthex.tools.history.RecordCommand;
import io.narthex.tools.history.ReplayCommand;
import io.narthex.tools.migrate.ImportCommand;
import io.narthex.tools.serve.ServeCommand;
import io.narthex.tools.text.Utf8Output;
import io.narthex.tools.top.TopCommand;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code narthex} command: its subcommands are its parts. */
@Command(
    name = "narthex",
    description = "Metrics in one memory-mapped file that several JVMs share.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      TopCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      ExportCommand.class,
      DiffCommand.class,
      CompactCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      ImportCommand.class,
      BenchCommand.class,
      StressCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:the command line is wrong"})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(final String... args) {
    try {
      path(System.getProperty("user.dir")); // or the JDK's own classes fail at it
    } catch (final TypeConversionException e) {
      System.err.println("narthex: the current directory " + e.getMessage());
      System.exit(ExitCode.USAGE);
    }
    EngineLog.install(System.err);
    final PrintWriter out = Utf8Output.standard();
    final int code = commandLine().setOut(out).execute(args);
    if (code == ExitCode.OK && out.checkError()) {
      System.err.println("narthex: cannot write to standard output");
      System.exit(ExitCode.SOFTWARE);
    }
    System.exit(code);
  }

  /**
   * The command, for use inside a JVM that goes on.
   *
   * @return a command line that never ends the JVM
   */
  public static CommandLine commandLine() {
    final CommandLine command = new CommandLine(new Main());
    command
        .getSubcommands()
        .values()
        .forEach(part -> part.getCommandSpec().versionProvider(new Version()));
    return command
        .registerConverter(Path.class, Main::path)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::fail);
  }

  private static Path path(final String text) {
    try {
      return Path.of(text);
    } catch (final InvalidPathException e) {
      throw new TypeConversionException(
          "'" + text + "' is no path in this locale's charset; try it with LC_ALL=C.UTF-8");
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }

  /** Says in one line what is wrong, and not the whole usage, in which that line would drown. */
  private static int refuse(final ParameterException e, final String... args) {
    final CommandLine command = e.getCommandLine();
    final PrintWriter err = command.getErr();
    err.println("narthex: " + reason(e));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }

  /** To picocli a command that does not exist is an argument without a place. */
  private static String reason(final ParameterException e) {
    final CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !spec.subcommands().isEmpty()) {
      return "Unknown command '"
          + unmatched.getUnmatched().get(0)
          + "'; there are: "
          + String.join(", ", spec.subcommands().keySet());
    }
    return e.getMessage();
  }

  /** What goes wrong outside the program is told in a line; a stack trace is for its bugs. */
  private static int fail(final Exception e, final CommandLine command, final ParseResult parsed) {
    final PrintWriter err = command.getErr();
    if (e instanceof NarthexException) {
      err.println("narthex: " + e.getMessage());
    } else {
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }
}
