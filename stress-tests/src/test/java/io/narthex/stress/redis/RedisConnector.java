package io.narthex.stress.redis;

import io.narthex.backend.redis.RedisBackend;
import io.narthex.stress.harness.Attempts;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Watchdog;
import java.net.URI;
import java.time.Duration;
import java.util.logging.LogManager;

/**
 * Connects wherever it is told to by lines of a name and an address, until the line {@code end}.
 * What cannot be connected to has to be refused as is declared.
 */
public final class RedisConnector {
  private RedisConnector() {}

  /** See the class. */
  public static void main(final String[] arguments) throws InterruptedException {
    LogManager.getLogManager().reset(); // what is damaged is logged
    final Watchdog watchdog = Watchdog.start();
    final Attempts attempts = new Attempts(watchdog::current);
    int tried = 0;
    for (String line = ChildMain.nextCommand(); !line.equals("end"); ) {
      final URI uri = URI.create(line.substring(line.indexOf(' ') + 1));
      watchdog.begin(line);
      attempts.attempt("connect", () -> connect(uri));
      ChildMain.say("tried " + ++tried);
      line = ChildMain.nextCommand();
    }
    ChildMain.say("done " + attempts);
  }

  private static void connect(final URI uri) {
    RedisBackend.builder(uri)
        .timeout(Duration.ofMillis(150))
        .closeTimeout(Duration.ofMillis(50))
        .connect()
        .close();
  }
}
