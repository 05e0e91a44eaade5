package io.narthex.tools.file;

import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex compact}. */
@Command(
    name = "compact",
    description = {
      "Writes a new file with what a mapped file shows, and nothing else.",
      "",
      "Left out are removed series, unregistered metrics, and what nothing leads to. Values,"
          + " created times and the order of labels stay. What dead processes left to a SUM, MIN or"
          + " MAX gauge becomes one value; their parts of ALL gauges stay, those of LIVE gauges and"
          + " infos go, as a scrape shows them no more.",
      "",
      "Refuses a file that a living process has open: what it counts meanwhile would be lost. To"
          + " take the new file into use, end the service, compact, and rename the new file to the"
          + " old one's name before the service starts."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:nothing was written: the file is in use, damaged or cannot be read, or the new one exists",
      "2:the command line is wrong",
      "130:ended by Ctrl-C; half a file is not left behind",
      "143:ended by SIGTERM; half a file is not left behind"
    })
public final class CompactCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file; it is only read.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NEW",
      required = true,
      description = "The new file; there must be none of that name.")
  private Path output;

  @Option(
      names = "--skip-damaged",
      description = "Leave damaged records out; without it a damaged file is refused.")
  private boolean skipDamaged;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public CompactCommand() {}

  @Override
  public Integer call() {
    try (FileImage image = FileImage.open(file)) {
      final Compacted done =
          Truncation.guard(image, () -> Compactor.compact(image, output, skipDamaged));
      final PrintWriter out = spec.commandLine().getOut();
      out.println(
          output
              + ": "
              + Numbers.count(done.series(), "series", "series")
              + ", "
              + Units.bytes(done.after())
              + " of "
              + Units.bytes(done.before())
              + "; left out: "
              + Numbers.count(done.dropped(), "series", "series")
              + ", "
              + Numbers.count(done.unregistered(), "metric", "metrics")
              + (done.damaged() == 0
                  ? ""
                  : ", " + Numbers.count(done.damaged(), "DAMAGED record", "DAMAGED records")));
      out.flush();
    }
    return ExitCode.OK;
  }
}
