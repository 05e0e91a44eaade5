package io.narthex.tools;

import io.narthex.NarthexException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Stands for {@code ./narthex bench} among the commands. The benchmarks are a jar of their own, as
 * the libraries that they compare with are no part of this one; the script starts it.
 */
@Command(
    name = "bench",
    description = "Measure Narthex beside its peers; from the source tree: ./narthex bench --help.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "1:not started by the script ./narthex of the source tree")
final class BenchCommand implements Callable<Integer> {
  @Unmatched private List<String> ignored;

  @Override
  public Integer call() {
    throw new NarthexException(
        "the benchmarks are not in this jar: run ./narthex bench in the source tree");
  }
}
