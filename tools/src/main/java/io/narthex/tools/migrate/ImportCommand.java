package io.narthex.tools.migrate;

import io.narthex.NarthexException;
import io.narthex.tools.migrate.RedisServer.Patience;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.SizeConverter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex import}. */
@Command(
    name = "import",
    description = {
      "Makes a mapped file of what another library has counted.",
      "",
      "From a directory: the .db files of Python's client_python in its multi-process mode, added up"
          + " as that library does. Gauges of the modes sum, min, max and mostrecent become those"
          + " of Narthex; of the mode all, gauges with a label pid. Gauges of the live modes are"
          + " left out unless --live is given: then they become gauges that outlive their process.",
      "",
      "From a URI such as redis://127.0.0.1:6379/0: what Python's pytheus keeps there. It does not"
          + " say which of its metrics are counters: see --counters.",
      "",
      "The source is only read. Stop what counts there first: what it counts later is not in the"
          + " file. What a Narthex file cannot hold is left out and told. The file is read again and"
          + " compared before it gets its name."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:imported; what was left out was told",
      "1:the source cannot be read, or the file not written",
      "2:the command line is wrong",
      "130:ended by Ctrl-C; half a file is not left behind",
      "143:ended by SIGTERM; half a file is not left behind"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final Pattern URI_FORM = Pattern.compile("rediss?://.*");

  private static final long SIZE_MIN = 512 << 10;

  @Parameters(paramLabel = "SOURCE", description = "A directory, or the URI of a Redis.")
  private String source;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NEW",
      required = true,
      description = "The mapped file to make; there must be none.")
  private Path output;

  @Option(
      names = "--live",
      description = "Take gauges, too, whose values belong to processes that are alive.")
  private boolean withLive;

  @Option(
      names = "--counters",
      paramLabel = "REGEX",
      defaultValue = "_total$",
      description =
          "Which plain keys of a Redis are counters: those in whose name this is found"
              + " (default: ${DEFAULT-VALUE}). The others are gauges.")
  private String counters;

  @Option(
      names = "--labels",
      paramLabel = "METRIC=NAME,NAME",
      description =
          "In which order the labels of a metric are declared. It is a part of its schema, which has"
              + " to be the same as in the program that goes on with the file. Without it: as the"
              + " source has them; client_python sorts them. May be given several times.")
  private List<String> labels = List.of();

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      defaultValue = "1g",
      converter = SizeConverter.class,
      description = "What the file may grow to, also in use (default: ${DEFAULT-VALUE}).")
  private long maxSize;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public ImportCommand() {}

  @Override
  public Integer call() {
    if (maxSize < SIZE_MIN) {
      throw wrong("Invalid value for option '--max-size': " + maxSize + " is less than 512k");
    }
    final Origin written;
    try {
      final Origin origin = read(new Gathered(labelOrders()));
      tell(origin.remarks());
      written = NewFile.write(output, maxSize, origin.reading());
      tell(written.remarks());
    } catch (final OutOfMemoryError e) {
      // Nothing is half done: what was written goes away, and the rest is only in memory.
      throw new NarthexException(
          source() + " has more than fits into the memory of this JVM; give more by java -Xmx", e);
    }
    final PrintWriter out = spec.commandLine().getOut();
    out.println(
        "imported "
            + written.reading().seriesCount()
            + " series of "
            + written.reading().families().size()
            + " metrics into "
            + output);
    out.flush();
    return ExitCode.OK;
  }

  private void tell(final List<String> remarks) {
    final PrintWriter err = spec.commandLine().getErr();
    remarks.forEach(remark -> err.println("narthex: " + Printable.of(remark)));
    err.flush();
  }

  /** For messages: what a URI has of a password is not told. */
  private String source() {
    return isUri() ? uri().toString() : source;
  }

  private boolean isUri() {
    return URI_FORM.matcher(source).matches();
  }

  private Origin read(final Gathered gathered) {
    if (isUri()) {
      return PytheusRedis.read(uri(), Patience.USUAL, gathered, counters());
    }
    final Path directory = directory();
    if (!Files.exists(directory)) {
      throw new NarthexException(
          "there is no directory "
              + source
              + "; give one, or a URI such as redis://127.0.0.1:6379");
    }
    if (!Files.isDirectory(directory)) {
      throw new NarthexException(source + " is a file; give the directory that it is in");
    }
    return PythonFiles.read(directory, gathered, withLive);
  }

  private Path directory() {
    try {
      return Path.of(source);
    } catch (final InvalidPathException e) {
      throw wrong(
          "Invalid SOURCE: its name has characters that this locale has not; set LC_ALL=C.UTF-8");
    }
  }

  private RedisUri uri() {
    try {
      return RedisUri.of(source);
    } catch (final IllegalArgumentException e) {
      throw wrong("Invalid SOURCE: " + e.getMessage());
    }
  }

  private Pattern counters() {
    try {
      return Pattern.compile(counters);
    } catch (final PatternSyntaxException e) {
      throw wrong(
          "Invalid value for option '--counters': "
              + e.getDescription()
              + " in '"
              + counters
              + "'");
    }
  }

  private Map<String, List<String>> labelOrders() {
    final Map<String, List<String>> orders = new LinkedHashMap<>();
    for (final String order : labels) {
      final int equals = order.indexOf('=');
      if (equals < 1) {
        throw wrong(
            "Invalid value for option '--labels': '"
                + order
                + "'; give a metric and its labels, such as http_requests_total=method,status");
      }
      final String metric = order.substring(0, equals);
      if (orders.put(metric, Arrays.asList(order.substring(equals + 1).split(",", -1))) != null) {
        throw wrong("--labels has two orders for " + metric + "; give one");
      }
    }
    return orders;
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
