package io.narthex.stress.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs another main class on the leash of the test: it halts when the test's end of stdin is gone.
 */
public final class ChildMain {
  private static final int ORPHANED = 98;
  private static final int FAILED = 1;
  private static final BlockingQueue<String> COMMANDS = new LinkedBlockingQueue<>();

  private ChildMain() {}

  /** Runs the main class that the first argument names with the others. */
  public static void main(final String[] arguments) throws ReflectiveOperationException {
    final Thread leash = new Thread(ChildMain::listen, "leash");
    leash.setDaemon(true);
    leash.start();
    Thread.setDefaultUncaughtExceptionHandler(ChildMain::tell);
    try {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (final InvocationTargetException e) {
      fail(e.getCause());
    }
  }

  /** The next line that the test sent; waits for it. */
  public static String nextCommand() throws InterruptedException {
    return COMMANDS.take();
  }

  /** By the stream of {@link #say}: the default would write into the middle of its lines. */
  private static void tell(final Thread thread, final Throwable thrown) {
    final StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    say("Exception in thread \"" + thread.getName() + "\" " + trace);
  }

  /** Tells the test something. */
  public static void say(final String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Ends this JVM at once, whatever its other threads do. */
  @SuppressWarnings("CatchAndPrintStackTrace") // the test shows the child's output
  public static void fail(final Throwable thrown) {
    thrown.printStackTrace();
    System.err.flush();
    Runtime.getRuntime().halt(FAILED);
  }

  private static void listen() {
    try {
      final BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        COMMANDS.add(line);
      }
    } catch (final IOException e) {
      // The same as the end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
