package io.narthex.tools.file;

import com.google.gson.stream.JsonWriter;
import io.narthex.NarthexException;
import io.narthex.tools.text.Columns;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Units;
import io.narthex.tools.text.Utf8Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex verify}. */
@Command(
    name = "verify",
    description = {
      "Holds a mapped file to all that its format promises.",
      "",
      "Looks at every checksum, offset and invariant: header, process table, segments, index,"
          + " records, cells, what was removed and what dead processes left. Goes on after what is"
          + " wrong, and says of each thing where it is, what should be there and what is. The file"
          + " may be in use; it is only read.",
      "",
      "What no checksum covers cannot be seen where it is still possible: a changed value of a"
          + " counter, for one. 'narthex inspect --raw OFFSET' draws what is at an offset."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file is whole",
      "1:a file is damaged, or cannot be read",
      "2:the command line is wrong"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
  private List<Path> files;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many findings to show of each check; all are counted (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Write a JSON object for each file, one a line.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public VerifyCommand() {}

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--limit': " + limit + " is less than 0");
    }
    int code = ExitCode.OK;
    for (final Path file : files) {
      try {
        if (!verify(file)) {
          code = ExitCode.SOFTWARE;
        }
      } catch (final NarthexException e) {
        if (files.size() == 1) {
          throw e;
        }
        spec.commandLine().getErr().println("narthex: " + e.getMessage());
        spec.commandLine().getErr().flush();
        code = ExitCode.SOFTWARE;
      }
    }
    return code;
  }

  private boolean verify(final Path file) {
    final FindingList findings = new FindingList(limit);
    try (FileImage image = FileImage.open(file)) {
      final Verified verified = Truncation.guard(image, () -> Verifier.verify(image, findings));
      final PrintWriter out = spec.commandLine().getOut();
      if (json) {
        writeJson(Utf8Output.of(out), file, verified, findings);
      } else {
        print(out, file, verified, findings);
        out.flush();
      }
    }
    return findings.total() == 0;
  }

  private static void print(
      final PrintWriter out, final Path file, final Verified verified, final FindingList findings) {
    final String size =
        Units.bytes(verified.size())
            + ", "
            + Numbers.count(verified.segments(), "segment", "segments")
            + ", "
            + Numbers.count(verified.families(), "metric", "metrics")
            + ", "
            + Numbers.count(verified.series(), "series", "series");
    if (findings.total() == 0) {
      out.println(file + ": whole (" + size + ")");
      return;
    }
    out.println(
        file
            + ": DAMAGED, "
            + Numbers.count(findings.total(), "finding", "findings")
            + " ("
            + size
            + ")");
    if (!findings.kept().isEmpty()) {
      out.println();
      final Columns columns = new Columns(">offset", "check", "expected", "found", "where");
      for (final Finding one : findings.kept()) {
        columns.add(one.offset(), one.check(), one.expected(), one.found(), one.where());
      }
      columns.print(out);
    }
    if (findings.kept().size() < findings.total()) {
      final StringJoiner counts = new StringJoiner(", ");
      findings.counts().forEach((check, count) -> counts.add(Numbers.count(count) + " " + check));
      out.println();
      out.println("  not all are shown: " + counts);
    }
  }

  private static void writeJson(
      final PrintWriter out, final Path file, final Verified verified, final FindingList findings) {
    try {
      final JsonWriter json = new JsonWriter(out);
      json.beginObject();
      json.name("file").value(file.toString());
      json.name("whole").value(findings.total() == 0);
      json.name("bytes").value(verified.size());
      json.name("segments").value(verified.segments());
      json.name("metrics").value(verified.families());
      json.name("series").value(verified.series());
      json.name("records").value(verified.records());
      json.name("finding_counts").beginObject();
      for (final Map.Entry<String, Long> count : findings.counts().entrySet()) {
        json.name(count.getKey()).value(count.getValue());
      }
      json.endObject();
      json.name("findings").beginArray();
      for (final Finding one : findings.kept()) {
        json.beginObject();
        json.name("offset").value(one.offset());
        json.name("check").value(one.check());
        json.name("expected").value(one.expected());
        json.name("found").value(one.found());
        json.name("where").value(one.where());
        json.endObject();
      }
      json.endArray();
      json.endObject();
      json.flush();
      out.println();
    } catch (final IOException e) {
      throw new NarthexException("cannot write to standard output", e);
    }
  }
}
