package io.narthex.tools.diff;

import io.narthex.NarthexException;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.text.Utf8Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex diff}. */
@Command(
    name = "diff",
    description = {
      "Shows what changed between two snapshots.",
      "",
      "Each is a mapped file, such as a copy made with cp, or what 'narthex export --format json'"
          + " wrote. Metrics and series that came or went, values before and after, and the"
          + " difference. A counter, histogram or summary that went back, or has a later created"
          + " time, was reset: its change is all that it counted since.",
      "",
      "The gauges that the engine measures of itself, narthex_*, are left out. The exit codes are"
          + " those of diff(1)."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no difference",
      "1:there are differences",
      "2:a file cannot be read, or the command line is wrong"
    })
public final class DiffCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  @Parameters(index = "0", paramLabel = "FILE1", description = "The earlier snapshot.")
  private Path before;

  @Parameters(index = "1", paramLabel = "FILE2", description = "The later one.")
  private Path after;

  @Option(names = "--own", description = "Compare the gauges narthex_* too.")
  private boolean own;

  @Option(names = "--json", description = "Write a JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public DiffCommand() {}

  @Override
  public Integer call() {
    try {
      final Difference difference = Difference.of(read(before), read(after), own);
      final PrintWriter standard = spec.commandLine().getOut();
      final PrintWriter out = json ? Utf8Output.of(standard) : standard;
      if (json) {
        DifferenceJson.write(difference, out);
        out.println();
      } else {
        DifferenceText.print(difference, out);
      }
      if (out.checkError()) {
        throw new NarthexException("cannot write to standard output");
      }
      return difference.isNone() ? ExitCode.OK : DIFFERENT;
    } catch (final NarthexException e) {
      return fail(e.getMessage());
    } catch (final IOException e) {
      return fail("cannot write to standard output: " + e.getMessage());
    }
  }

  private static Reading read(final Path file) {
    return JsonSnapshot.isOne(file) ? JsonSnapshot.read(file) : NarthexFile.read(file);
  }

  /** Told here, as other than with all other commands 1 is no failure. */
  private int fail(final String message) {
    spec.commandLine().getErr().println("narthex: " + message);
    spec.commandLine().getErr().flush();
    return ExitCode.USAGE;
  }
}
