package io.narthex.tools.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a wish that the demo's own thread looks for. The JVM's shutdown waits until
 * that thread has cleared up and told its result, and then ends with its exit code.
 */
final class StopSignal {
  /** Longer than all that the clearing up waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "narthex-demo-stop");
  private volatile int exitCode = 1;

  private StopSignal() {}

  static StopSignal install() {
    final StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Waits for a while, or until the demo is asked to stop; true then, at once. */
  boolean await(final Duration time) {
    try {
      return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Tells that everything is done and written. */
  void finish(final int code) {
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
