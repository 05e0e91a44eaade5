package io.narthex.tools.serve;

import io.narthex.tools.StopSignal;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code narthex serve}. */
@Command(
    name = "serve",
    description = {
      "Serves the metrics of mapped files, and a page to look at them.",
      "",
      "It only reads, in a process of its own: the services may hang, collect garbage, or be dead."
          + " /metrics is for Prometheus, in each format and encoding that it asks for; / is for a"
          + " browser. Of a directory each mapped file is served; those that appear, are replaced"
          + " or disappear are noticed within a second, and what is no mapped file, or a damaged"
          + " one, is told once and left out.",
      "",
      "Series have the label 'source', the name of their file, unless FILE is one file. What this"
          + " process tells of itself begins with narthex_serve_."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by Ctrl-C or SIGTERM",
      "1:no file could be read, or the port could not be used",
      "2:the command line is wrong"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Mapped files, and directories that have some in them.")
  private List<Path> files;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9464",
      description = "Where to serve; 0: any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0: all, for whoever reaches this host (default:"
              + " ${DEFAULT-VALUE}).")
  private String bind;

  @Spec private CommandSpec spec;

  /** For picocli. */
  public ServeCommand() {}

  @Override
  public Integer call() {
    if (port < 0 || port > PORT_MAX) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--port': " + port + " is not from 0 to " + PORT_MAX);
    }
    final Notes notes = new Notes(spec.commandLine().getOut(), spec.commandLine().getErr());
    return StopSignal.run(
        spec.commandLine().getErr(),
        stop -> {
          new Sidecar(files, new InetSocketAddress(bind, port), notes, stop).run();
          return ExitCode.OK;
        });
  }
}
