package io.narthex.stress.fault;

import io.narthex.stress.harness.ChildMain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The hook of a child: lists the points that its threads pass, or holds the process at one of them.
 * Each thread's points are numbered by themselves, as threads of one process interleave anew in
 * every run, but each passes the same points.
 */
public final class FaultHook implements Consumer<String> {
  private static final Set<String> BELOW =
      Set.of("FaultHook", "FaultPoint", "FaultMemory", "Memory", "StripedCell");

  /** Helpers, whose callers tell more. */
  private static final Set<String> HELPERS = Set.of("ProcessTable.put", "LockFile.release");

  /** Stores of a timer come between the others anywhere. */
  private static final Set<String> UNCOUNTED = Set.of("ProcessTable.beat");

  /** Held by a thread that is held: no other thread gets past its next store meanwhile. */
  private static final Object LOCK = new Object();

  private static final Map<String, Integer> PASSED = new HashMap<>();
  private static final List<Point> LIST = new ArrayList<>();
  private static boolean listing;
  private static Point awaited;

  /** For the engine, which is told of this class by a system property. */
  public FaultHook() {}

  /** Lists points from now on. */
  static void list() {
    synchronized (LOCK) {
      listing = true;
    }
  }

  /** The points that were passed. */
  static List<Point> listed() {
    synchronized (LOCK) {
      listing = false;
      return List.copyOf(LIST);
    }
  }

  /** Holds the process at a point, once. */
  static void holdAt(final Point point) {
    synchronized (LOCK) {
      awaited = point;
    }
  }

  @Override
  public void accept(final String done) {
    synchronized (LOCK) {
      if (!listing && awaited == null) {
        return;
      }
      final String caller = caller();
      if (UNCOUNTED.contains(caller)) {
        return;
      }
      final String thread = Thread.currentThread().getName();
      final int number = PASSED.merge(thread, 1, Integer::sum);
      if (listing) {
        LIST.add(new Point(thread, number, done + " in " + caller));
      } else if (awaited.thread().equals(thread) && awaited.number() == number) {
        hold(done);
      }
    }
  }

  private static void hold(final String done) {
    ChildMain.say("held at " + done);
    try {
      ChildMain.nextCommand();
    } catch (final InterruptedException e) {
      ChildMain.fail(e);
    }
    awaited = null;
  }

  /** The method of the engine that stored. */
  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(FaultHook::name)
                    .filter(name -> !BELOW.contains(name.substring(0, name.indexOf('.'))))
                    .filter(name -> !HELPERS.contains(name))
                    .findFirst()
                    .orElse("?.?"));
  }

  private static String name(final StackWalker.StackFrame frame) {
    final String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1)
        + "."
        + frame.getMethodName().replaceAll("^lambda\\$(\\w+)\\$\\d+$", "$1");
  }
}
