package io.narthex.backend;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Which of a value's stripes a thread counts into.
 *
 * <p>A thread's home follows from its id, so as many threads of a pool as there are stripes, having
 * consecutive ids, never meet; the salt keeps the main threads of several processes that share a
 * file apart. Two threads of one process whose homes are the same part if they are busy at the same
 * time: one of the process' threads owns a home, and its way is the shortest. Whoever is not the
 * owner of where it is counts how often that was so, and after {@link #PATIENCE} times takes it.
 * Whoever has to take it again a moment later shares it with another busy thread, and moves on to
 * the next one instead. Where more threads than there are homes take turns, owners change too
 * seldom to cost anything.
 *
 * <p>All of this is a hint: updates are atomic whichever stripe they go to. That is why nothing on
 * the way of an update is volatile, and a lost count or a torn decision does no harm. Only a home
 * changes its owner by compare-and-set: two threads that took it at one moment would both stay for
 * good, as nobody looks who is at home.
 */
public final class Stripes {
  /** The most stripes that a value may have. */
  public static final int MOST = 256;

  /** How many homes have an owner: as many as a value has stripes, unless told otherwise. */
  private static final int HOMES = 16;

  private static final int PATIENCE = 64;

  /** Two threads that both are busy take a home from each other within microseconds. */
  private static final long MOMENT_NANOS = 100_000;

  private static final long SALT = salt();

  /** By home, the id of the thread that owns it. */
  private static final long[] OWNERS = new long[HOMES];

  /** By the low bits of a thread's id, that id if it owns the home that follows from it. */
  private static final long[] AT_HOME = new long[1024];

  /**
   * By the low bits of a thread's id, what it needs that is not at home.
   *
   * <pre>
   *   | how far away | misses | last taken, ns | gap, up to a cache line |
   * </pre>
   */
  private static final long[] AWAY = new long[AT_HOME.length * 8];

  private static final int MISSES = 1;
  private static final int TAKEN = 2;

  private static final VarHandle OWNER = MethodHandles.arrayElementVarHandle(long[].class);

  private Stripes() {}

  /**
   * The stripe of the calling thread.
   *
   * @param mask the number of stripes, a power of two up to {@link #MOST}, less one
   * @return from 0 to {@code mask}
   */
  public static long index(final int mask) {
    final long id = Thread.currentThread().getId();
    return AT_HOME[place(id)] == id ? (id + SALT) & mask : away(id) & mask;
  }

  private static int place(final long id) {
    return (int) id & (AT_HOME.length - 1);
  }

  private static long away(final long id) {
    final int at = place(id) * 8;
    final long stripe = id + SALT + AWAY[at];
    if (OWNERS[home(stripe)] != id && ++AWAY[at + MISSES] >= PATIENCE) {
      takeOrMove(id, at, home(stripe));
    }
    return stripe;
  }

  private static int home(final long stripe) {
    return (int) stripe & (HOMES - 1);
  }

  private static void takeOrMove(final long id, final int at, final int home) {
    final long now = System.nanoTime();
    AWAY[at + MISSES] = 0;
    if (now - AWAY[at + TAKEN] < MOMENT_NANOS) {
      AWAY[at]++;
      AWAY[at + TAKEN] = now - MOMENT_NANOS; // there is none to lose where it comes to
      return;
    }
    AWAY[at + TAKEN] = now;
    final long before = (long) OWNER.getVolatile(OWNERS, home);
    // Noted before it is taken, so that whoever takes it next finds the note and wipes it out.
    final boolean atHome = home == home(id + SALT);
    if (atHome) {
      AT_HOME[place(id)] = id;
    }
    if (!OWNER.compareAndSet(OWNERS, home, before, id)) {
      if (atHome) {
        AT_HOME[place(id)] = 0; // another thread was first
      }
    } else if (before != id && AT_HOME[place(before)] == before) {
      AT_HOME[place(before)] = 0;
    }
  }

  private static long salt() {
    // Processes of one service start alike, so neither their pids nor their clocks alone will do.
    final long mixed = (System.nanoTime() ^ ProcessHandle.current().pid()) * 0x9e37_79b9_7f4a_7c15L;
    return mixed >>> 32;
  }
}
