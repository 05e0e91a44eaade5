package io.narthex.stress.soak;

import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Ledger;
import java.nio.file.Path;

/**
 * A process that serves for a while. Arguments: the mapped file, its ledger. It serves until it is
 * killed, or told {@code exit}, at which it ends without closing anything, or {@code close}.
 */
public final class SoakWorker {
  static final int SERVED = 0;

  private static volatile boolean stop;

  private SoakWorker() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    final SoakMetrics metrics = SoakMetrics.open(Path.of(arguments[0]));
    final Ledger ledger = Ledger.open(Path.of(arguments[1]), 1);
    final Thread server =
        new Thread(
            () -> {
              try {
                for (long number = 1; !stop; number++) {
                  metrics.serve(number);
                  ledger.store(0, SERVED, number);
                }
              } catch (final RuntimeException | Error e) {
                ChildMain.fail(e);
              }
            },
            "server");
    server.start();
    ChildMain.say("serving");
    final String command = ChildMain.nextCommand();
    stop = true;
    server.join();
    if (command.equals("close")) {
      metrics.registry.close();
    }
    Runtime.getRuntime().halt(0);
  }
}
