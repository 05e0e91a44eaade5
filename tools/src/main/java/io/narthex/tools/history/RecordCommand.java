package io.narthex.tools.history;

import io.narthex.MetricRegistry;
import io.narthex.tools.StopSignal;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.text.DurationConverter;
import io.narthex.tools.text.SizeConverter;
import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex record}. */
@Command(
    name = "record",
    description = {
      "Records what a mapped file holds, from moment to moment.",
      "",
      "The history is a directory of files that are only appended to; when all together have"
          + " --max-size, the oldest is deleted. narthex replay shows it, also while it is"
          + " recorded. A recording that is killed leaves a whole history. A file that is replaced"
          + " is followed.",
      "",
      "Ends after --count moments, or by Ctrl-C or SIGTERM. A further recording goes on behind the"
          + " one before."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:recorded until it was stopped",
      "1:the file cannot be read, or the history not written",
      "2:the command line is wrong"
    })
public final class RecordCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration WAIT = Duration.ofMillis(200);

  @Parameters(paramLabel = "FILE", description = "The mapped file.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "HISTORY",
      required = true,
      description = "The directory of the history; made if there is none.")
  private Path history;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "How often, such as 100ms, 10s or 1m; seconds without a unit (default: ${DEFAULT-VALUE}).")
  private Duration every;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      defaultValue = "64m",
      converter = SizeConverter.class,
      description = "What the history has at most, such as 1g (default: ${DEFAULT-VALUE}).")
  private long maxSize;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after N moments; 0: do not (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(names = "--wait", description = "Wait for the file if there is none as yet.")
  private boolean isWaiting;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public RecordCommand() {}

  @Override
  public Integer call() {
    if (every.compareTo(SHORTEST) < 0) {
      throw wrong("Invalid value for option '--every': less than 10ms");
    }
    if (maxSize < HistoryWriter.SIZE_MIN) {
      throw wrong("Invalid value for option '--max-size': " + maxSize + " is less than 256k");
    }
    if (count < 0) {
      throw wrong("Invalid value for option '--count': " + count + " is less than 0");
    }
    return StopSignal.run(spec.commandLine().getErr(), this::run);
  }

  private int run(final StopSignal stop) {
    final PrintWriter out = spec.commandLine().getOut();
    final PrintWriter err = spec.commandLine().getErr();
    while (isWaiting && !Files.exists(file)) {
      if (stop.await(WAIT)) {
        return ExitCode.OK;
      }
    }
    try (MetricRegistry registry = NarthexFile.open(file);
        HistoryWriter writer = HistoryWriter.open(history, maxSize)) {
      out.println("recording " + file + " every " + every.toMillis() + "ms into " + history);
      out.flush();
      final long moments =
          new Recording(file, registry, writer, message -> tell(err, message))
              .run(every, count, stop);
      out.println(
          "recorded "
              + moments
              + (moments == 1 ? " moment; " : " moments; ")
              + history
              + " has "
              + Units.bytes(writer.size()));
      out.flush();
      return ExitCode.OK;
    }
  }

  private static void tell(final PrintWriter err, final String message) {
    err.println("narthex: " + message);
    err.flush();
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
