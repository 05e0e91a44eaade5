package io.narthex.tools.file;

import io.narthex.NarthexException;
import io.narthex.tools.text.Expression;
import io.narthex.tools.text.Utf8Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex inspect}. */
@Command(
    name = "inspect",
    description = {
      "Shows what is in a mapped file, and how full it is.",
      "",
      "Header, segments, how long look-ups in the index are, processes alive and dead, the metrics"
          + " with most series, and what could be reclaimed. The file may be in use, or damaged as"
          + " far as it can be read at all; it is only read."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the file cannot be read", "2:the command line is wrong"})
public final class InspectCommand implements Callable<Integer> {
  private static final int DEFAULT_TOP = 20;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file.")
  private Path file;

  @Option(
      names = "--series",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "REGEX",
      description = {
        "List the series, or those in whose name{label=\"value\"} the regular expression is found,"
            + " with the offsets of their records."
      })
  private String series;

  @Option(
      names = "--raw",
      paramLabel = "OFFSET",
      converter = OffsetConverter.class,
      description = "Draw what is at an offset, field by field; decimal, or 0x and hexadecimal.")
  private Long raw;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_TOP,
      description = "How many metrics to show (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--json", description = "Write JSON; all metrics.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public InspectCommand() {}

  @Override
  public Integer call() {
    check();
    final PrintWriter standard = spec.commandLine().getOut();
    final PrintWriter out = json ? Utf8Output.of(standard) : standard;
    try (FileImage image = FileImage.open(file)) {
      Truncation.guard(
          image,
          () -> {
            show(image, out);
            return null;
          });
    }
    out.flush();
    return ExitCode.OK;
  }

  private void check() {
    // Of "--series FILE" the file is taken for the expression.
    if (file == null && series != null && Files.exists(Path.of(series))) {
      file = Path.of(series);
      series = "";
    }
    if (file == null) {
      throw wrong("Missing required parameter: 'FILE'");
    }
    if (series != null && raw != null) {
      throw wrong("--series and --raw are two different views; give one of them");
    }
    if (raw != null && json) {
      throw wrong("--raw is a drawing and has no JSON form");
    }
    if (top < 0) {
      throw wrong("Invalid value for option '--top': " + top + " is less than 0");
    }
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void show(final FileImage image, final PrintWriter out) {
    if (raw != null) {
      new RawView(image, out).show(raw);
      return;
    }
    final Expression wanted = expression();
    final Overview overview = Overview.of(image);
    try {
      if (wanted != null) {
        final SeriesList list = new SeriesList(overview);
        final SeriesListText text = new SeriesListText(list);
        if (json) {
          text.writeJson(list.find(wanted), out);
        } else {
          text.print(list.find(wanted), out);
        }
      } else if (json) {
        new OverviewJson(overview, out).write();
      } else {
        new OverviewText(overview, out, top).print();
      }
      if (json) {
        out.println();
      }
    } catch (final IOException e) {
      throw new NarthexException("cannot write to standard output", e);
    }
  }

  private Expression expression() {
    try {
      return series == null ? null : new Expression(series);
    } catch (final PatternSyntaxException e) {
      throw wrong(
          "Invalid value for option '--series': "
              + e.getDescription()
              + " near index "
              + e.getIndex()
              + " of "
              + series);
    }
  }
}
