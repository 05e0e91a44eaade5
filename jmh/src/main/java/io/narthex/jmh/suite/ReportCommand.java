package io.narthex.jmh.suite;

import io.narthex.jmh.report.Pictures;
import io.narthex.jmh.report.Report;
import io.narthex.jmh.report.Tables;
import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex bench report}: renders results that are there. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Renders a results.json anew: as a report, as pictures, as tables in documents.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RESULTS", description = "The results.json of a run.")
  private Path results;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the report.")
  private Path html;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Write ratios.svg and growth.svg into a directory.")
  private Path pictures;

  @Option(
      names = "--tables",
      paramLabel = "FILE",
      description = {
        "Replace the tables in a Markdown file, between <!-- bench:NAME --> and <!-- /bench:NAME"
            + " -->, for each NAME of --table."
      })
  private Path document;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = {
        "numbers, which is what there is without it, targets, machine, or the id of a chart such as"
            + " growth; may be repeated."
      })
  private List<String> tables = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (html == null && pictures == null && document == null) {
      throw new ParameterException(
          spec.commandLine(), "Nothing to do: give --html, --pictures or --tables");
    }
    if (document == null && !tables.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--table needs --tables FILE");
    }
    final Results read = Results.read(results);
    if (html != null) {
      Report.write(read, html);
    }
    if (pictures != null) {
      Pictures.write(read, pictures);
    }
    if (document != null) {
      Tables.write(read, document, tables.isEmpty() ? List.of("numbers") : tables);
    }
    return 0;
  }
}
