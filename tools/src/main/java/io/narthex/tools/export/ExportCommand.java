package io.narthex.tools.export;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.text.Failures;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex export}. */
@Command(
    name = "export",
    description = {
      "Writes all that a mapped file shows, to standard output and in UTF-8.",
      "",
      "  prometheus   text 0.0.4, as /metrics serves it",
      "  openmetrics  text 1.0.0",
      "  json         one object, with labels, buckets and times taken apart",
      "  csv          a line for each sample",
      "",
      "The file may be in use, or a dead service's; it is only read."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the file cannot be read", "2:the command line is wrong"})
public final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "prometheus",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  /** For picocli. */
  public ExportCommand() {}

  @Override
  public Integer call() {
    try (MetricRegistry registry = NarthexFile.open(file)) {
      // Not a writer of the locale's charset. Never closed: others write there too.
      final OutputStream out =
          new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
      format.write(registry, out);
      out.flush();
      return ExitCode.OK;
    } catch (final IOException e) {
      throw new NarthexException("cannot write to standard output: " + Failures.reason(e), e);
    }
  }
}
