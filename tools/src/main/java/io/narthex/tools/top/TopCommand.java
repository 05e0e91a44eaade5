package io.narthex.tools.top;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.text.DurationConverter;
import io.narthex.tools.text.StandardStream;
import io.narthex.tools.text.Utf8Output;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code narthex top}. */
@Command(
    name = "top",
    description = {
      "Shows a live table of what a mapped file holds.",
      "",
      "Rates are those of the last interval; of a histogram or summary, of its count, which is also"
          + " its value. p50 and p99 are estimates, from the buckets of the last ten intervals. A"
          + " sparkline shows rates, or the values of gauges, of the last intervals. A file that is"
          + " replaced is followed.",
      "",
      "p50 and p99 take a terminal of 97 columns or more.",
      "",
      "Keys: q quits; r, v and n sort by rate, value and name, s by the next of them, R in reverse;"
          + " / filters by a part of name and labels, Enter keeps the filter, Esc drops it; space"
          + " pauses; arrows, PgUp, PgDn, Home and End scroll.",
      "",
      "Where standard output or input is no terminal, or TERM is dumb, plain lines are written after"
          + " each interval."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by its user, or all tables were written",
      "1:the file cannot be read, or the output not written",
      "2:the command line is wrong",
      "129:its terminal was closed",
      "130:ended by Ctrl-C where it writes plain lines",
      "143:ended by SIGTERM"
    })
public final class TopCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final int ROWS = 20;

  @Parameters(paramLabel = "FILE", description = "The mapped file.")
  private Path file;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "How often to read the file, such as 500ms or 2s (default: ${DEFAULT-VALUE}).")
  private Duration every;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "rate",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private SortOrder sort;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Show only series that have this in their name or labels, in any case.")
  private String filter;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Write plain lines, and end after N tables.")
  private Integer count;

  @Option(names = "--once", description = "As --count 1.")
  private boolean once;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many series plain lines show; 0: all, as --json does (default: 20).")
  private Integer rows;

  @Option(
      names = "--json",
      description =
          "Write a line of JSON after each interval: taken_ms, and series, each with metric, labels"
              + " and value, and with rate, p50 and p99 where it has them, in the metric's unit.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public TopCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (every.compareTo(SHORTEST) < 0) {
      throw wrong("Invalid value for option '--every': less than 50ms");
    }
    if (count != null && count < 1) {
      throw wrong("Invalid value for option '--count': " + count + " is less than 1");
    }
    if (once && count != null) {
      throw wrong("--once is --count 1: give one of the two");
    }
    if (rows != null && rows < 0) {
      throw wrong("Invalid value for option '--rows': " + rows + " is less than 0");
    }
    final View view = new View(sort, filter);
    try (MetricRegistry registry = NarthexFile.open(file)) {
      if (!once && !json && count == null && isTerminal()) {
        return terminal(registry, view);
      }
      final PrintWriter standard = spec.commandLine().getOut();
      final PrintWriter out = json ? Utf8Output.of(standard) : standard;
      final boolean all =
          new PlainTop(registry, view, lines(), out, spec.commandLine().getErr())
              .run(every, once ? 1 : count == null ? 0 : count);
      return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private Lines lines() {
    return json
        ? new JsonLines(rows == null ? 0 : rows)
        : new TableLines(rows == null ? ROWS : rows);
  }

  private int terminal(final MetricRegistry registry, final View view) throws InterruptedException {
    try (FullScreen screen = FullScreen.enter()) {
      return new TerminalTop(registry, file, every, view, screen).run();
    } catch (final IOException e) {
      throw new NarthexException(
          "cannot use this terminal: " + e.getMessage() + "; try TERM=dumb for plain lines", e);
    }
  }

  private static boolean isTerminal() {
    final String type = System.getenv("TERM");
    return type != null
        && !type.isEmpty()
        && StandardStream.isOutputTerminal()
        && StandardStream.isInputTerminal();
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
