package io.narthex.tools.demo;

import io.narthex.NarthexException;
import io.narthex.tools.StopSignal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code narthex demo}. */
@Command(
    name = "demo",
    description = {
      "Shows that a killed worker loses nothing.",
      "",
      "Starts HTTP workers, each a JVM that counts its requests into one memory-mapped file, and"
          + " clients that send them requests. Half-way, or after 5 seconds without --seconds, one"
          + " worker is killed with SIGKILL and another takes over. This process only reads the"
          + " file: it serves it as /metrics, and as a page for a browser at /, and shows a table of"
          + " it.",
      "",
      "The last line, answered=N counted=M lost=0, compares what the clients saw answered with"
          + " what the file has counted, series by series. Requests that were in flight at the kill"
          + " may be counted and not answered. Errors are all answers but 2xx. The rate is that of"
          + " the last second; all else, p50 and p99 too, is since the start."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was lost",
      "1:something was lost, or the demo failed",
      "2:the command line is wrong"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int WORKERS_MAX = 64;
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many workers, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long clients send requests (default: until Ctrl-C).")
  private Integer seconds;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9464",
      description = "Where to serve; 0: any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() {
    check("--workers", workers, 1, WORKERS_MAX);
    check("--port", port, 0, PORT_MAX);
    if (seconds != null) {
      check("--seconds", seconds, 1, Integer.MAX_VALUE);
    }
    return StopSignal.run(spec.commandLine().getErr(), this::run);
  }

  private int run(final StopSignal stop) {
    final PrintWriter out = spec.commandLine().getOut();
    final Duration time = Duration.ofSeconds(seconds == null ? 0 : seconds);
    final Verdict verdict = new Demo(workers, time, port, Terminal.display(out), stop).run();
    if (verdict.unobserved() > 0) {
      out.println(
          "the histogram lacks " + verdict.unobserved() + " of the answers that clients saw");
    }
    out.println(verdict);
    if (out.checkError()) {
      throw new NarthexException("cannot write to standard output");
    }
    return verdict.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void check(final String option, final int value, final int least, final int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '"
              + option
              + "': "
              + value
              + (most == Integer.MAX_VALUE
                  ? " is less than " + least
                  : " is not from " + least + " to " + most));
    }
  }
}
