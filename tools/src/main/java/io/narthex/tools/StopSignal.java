package io.narthex.tools;

import io.narthex.NarthexException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import picocli.CommandLine.ExitCode;

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
   * Runs a command that looks for the signal.
   *
   * @param err where to say in a line what went wrong outside the program: here, as the JVM may be
   *     ending by a signal before anybody else could
   * @param command gets the signal, and returns the exit code
   * @return the exit code, also if a signal ends the JVM
   */
  public static int run(final PrintWriter err, final ToIntFunction<StopSignal> command) {
    final StopSignal stop = install();
    int code = ExitCode.SOFTWARE;
    try {
      code = command.applyAsInt(stop);
    } catch (final NarthexException e) {
      err.println("narthex: " + e.getMessage());
      err.flush();
    } finally {
      stop.finish(code);
    }
    return code;
  }

  private static StopSignal install() {
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

  /** Tells that everything is done and written. */
  private void finish(final int code) {
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
