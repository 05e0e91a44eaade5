package io.narthex.tools;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a wish that a command's own thread looks for. The JVM's shutdown waits
 * until that thread has cleared up and told its result, and then ends with its exit code.
 */
public final class StopSignal {
  /** Longer than all that the clearing up waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "narthex-stop");
  private volatile int exitCode = 1;

  private StopSignal() {}

  /**
   * Takes over Ctrl-C and SIGTERM; {@link #finish} gives them back.
   *
   * @return the signal to look for
   */
  public static StopSignal install() {
    final StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /**
   * Waits for a while, or until the command is asked to stop.
   *
   * @param time how long to wait at most
   * @return true at once when it is asked to stop
   */
  public boolean await(final Duration time) {
    try {
      return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Tells that everything is done and written.
   *
   * @param code the exit code, also if a signal ends the JVM
   */
  public void finish(final int code) {
    exitCode = code;
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The JVM is ending: the hook does the rest.
    }
  }

  private void onShutdown() {
    asked.countDown();
    try {
      if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (final InterruptedException e) {
      return;
    }
    // The JVM's own exit code would be the signal's, and hide whether something was lost.
    Runtime.getRuntime().halt(exitCode);
  }
}
