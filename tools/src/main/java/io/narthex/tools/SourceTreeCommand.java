package io.narthex.tools;

import io.narthex.NarthexException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Stands among the commands for one that the script {@code ./narthex} starts itself, as it is a
 * program of its own: what it needs is no part of this jar.
 */
abstract class SourceTreeCommand implements Callable<Integer> {
  @Unmatched private List<String> ignored;
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    throw new NarthexException(
        spec.name() + " is not in this jar: run ./narthex " + spec.name() + " in the source tree");
  }
}
