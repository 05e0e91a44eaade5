package io.narthex.stress.harness;

/** Ends a child that hangs, once it has told at what and with the stacks of all its threads. */
public final class Watchdog {
  private static final long HANG_NANOS = 60_000_000_000L;
  private static final int HANGS = 97;

  private volatile long begun = System.nanoTime();
  private volatile String current = "nothing";

  /** Starts to watch. */
  public static Watchdog start() {
    final Watchdog watchdog = new Watchdog();
    final Thread thread = new Thread(watchdog::watch, "watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /** Says what is being done from now on, which has to end in time. */
  public void begin(final String what) {
    current = what;
    begun = System.nanoTime();
  }

  public String current() {
    return current;
  }

  private void watch() {
    while (System.nanoTime() - begun < HANG_NANOS) {
      sleep();
    }
    ChildMain.say("HANGS: " + current);
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              ChildMain.say(thread.toString());
              for (final StackTraceElement frame : frames) {
                ChildMain.say("  at " + frame);
              }
            });
    Runtime.getRuntime().halt(HANGS);
  }

  private static void sleep() {
    try {
      Thread.sleep(200);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
