package io.narthex.tools.history;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingJson;
import io.narthex.tools.text.Expression;
import io.narthex.tools.text.Utf8Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex replay}. */
@Command(
    name = "replay",
    description = {
      "Shows what narthex record has recorded.",
      "",
      "The table has a line for each series: its last value, how it changed, and the least and the"
          + " greatest value, with a sparkline; of counters, histograms and summaries these are"
          + " rates, and the value is a count. What was noted, and when nothing was recorded, stands"
          + " above it. With --at it shows one moment instead.",
      "",
      "csv has a line for each sample and moment, of histograms count and sum; json has a line for"
          + " each moment. prometheus shows one moment, the last of the time that is asked for."
          + " These three are UTF-8.",
      "",
      "A time is such as 16:05:30, 2026-01-31T16:05:30, 2026-01-31T16:05:30Z, seconds or"
          + " milliseconds since the epoch, or -5m: five minutes before the end."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:there is no such history or moment, or parts of it are damaged or unknown: the others were shown",
      "2:the command line is wrong"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "HISTORY", description = "The directory of the history.")
  private Path history;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = When.Converter.class,
      description = "The first moment to show.")
  private When from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = When.Converter.class,
      description = "The last moment to show.")
  private When to;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = When.Converter.class,
      description = "Show the last moment that is not after this one.")
  private When at;

  @Option(
      names = "--series",
      paramLabel = "REGEX",
      description = "Show only series in whose name with labels this is found.")
  private String series;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ReplayFormat format;

  @Option(names = "--changed", description = "Leave out of the table what stayed as it was.")
  private boolean onlyChanged;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() {
    if (at != null && (from != null || to != null)) {
      throw wrong("--at shows one moment: give it without --from and --to");
    }
    final SeriesFilter filter = filter();
    final HistoryReader reader = HistoryReader.open(history);
    final PrintWriter standard = spec.commandLine().getOut();
    final PrintWriter out = format == ReplayFormat.TABLE ? standard : Utf8Output.of(standard);
    try {
      show(reader, filter, out);
    } finally {
      out.flush();
      tell(reader.troubles());
    }
    return reader.troubles().isDamaged() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void show(final HistoryReader reader, final SeriesFilter filter, final PrintWriter out) {
    final Timeline all = reader.timeline();
    if (all.isEmpty()) {
      throw new NarthexException(history + " has no moments as yet");
    }
    final long end = all.last();
    if (at != null) {
      one(moment(reader, all, at.in(end)), filter, out);
      return;
    }
    final Timeline shown =
        all.within(
            from == null ? Long.MIN_VALUE : from.in(end), to == null ? Long.MAX_VALUE : to.in(end));
    if (shown.isEmpty()) {
      throw new NarthexException(
          "there is no moment in that time; the history goes from "
              + When.shown(all.first())
              + " to "
              + When.shown(end));
    }
    if (format == ReplayFormat.PROMETHEUS) {
      one(moment(reader, shown, shown.last()), filter, out);
      return;
    }
    switch (format) {
      case TABLE -> {
        final CourseTable table = new CourseTable(shown, filter);
        reader.visit(shown.first(), shown.last(), table);
        table.write(out, Charset.defaultCharset(), onlyChanged);
      }
      case CSV -> {
        final MomentsCsv csv = new MomentsCsv(out);
        each(reader, shown, reading -> csv.write(filter.of(reading)), out);
      }
      default -> each(reader, shown, reading -> json(filter.of(reading), out), out);
    }
  }

  /** Shows moments for as long as somebody reads them. */
  private static void each(
      final HistoryReader reader,
      final Timeline shown,
      final Consumer<Reading> writer,
      final PrintWriter out) {
    try {
      reader.visit(
          shown.first(),
          shown.last(),
          reading -> {
            writer.accept(reading);
            if (out.checkError()) {
              throw new UnreadException();
            }
          });
    } catch (final UnreadException e) {
      return; // as whoever started the command sees from its output
    }
  }

  /** Nobody reads the output any more. */
  private static final class UnreadException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private Reading moment(final HistoryReader reader, final Timeline all, final long until) {
    final Long millis = all.atOrBefore(until);
    if (millis == null) {
      throw new NarthexException(
          "there is no moment that early; the history begins at " + When.shown(all.first()));
    }
    final Reading[] found = new Reading[1];
    reader.visit(millis, millis, reading -> found[0] = reading);
    if (found[0] == null) {
      throw new NarthexException("the moment at " + When.shown(millis) + " is damaged");
    }
    return found[0];
  }

  private void one(final Reading reading, final SeriesFilter filter, final PrintWriter out) {
    final Reading wanted = filter.of(reading);
    switch (format) {
      case TABLE -> MomentTable.write(wanted, out);
      case CSV -> new MomentsCsv(out).write(wanted);
      case JSON -> json(wanted, out);
      case PROMETHEUS -> page(wanted, out);
    }
  }

  private static void json(final Reading reading, final PrintWriter out) {
    try {
      ReadingJson.write(reading, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e); // a PrintWriter throws none
    }
    out.println();
  }

  private static void page(final Reading reading, final PrintWriter out) {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    try (MetricRegistry registry = MetricRegistry.create(new ReadingBackend(reading))) {
      TextFormat.PROMETHEUS.write(registry, page);
    } catch (final IOException e) {
      throw new UncheckedIOException(e); // memory throws none
    }
    out.print(page.toString(StandardCharsets.UTF_8));
  }

  private void tell(final Troubles troubles) {
    final PrintWriter err = spec.commandLine().getErr();
    troubles.messages().forEach(message -> err.println("narthex: " + message));
    err.flush();
  }

  private SeriesFilter filter() {
    try {
      return new SeriesFilter(series == null ? null : new Expression(series));
    } catch (final PatternSyntaxException e) {
      throw wrong(
          "Invalid value for option '--series': " + e.getDescription() + " in '" + series + "'");
    }
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
