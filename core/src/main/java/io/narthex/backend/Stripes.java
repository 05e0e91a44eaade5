package io.narthex.backend;

/**
 * Which of a value's stripes a thread counts into. Threads of a pool have consecutive ids, so as
 * many of them as there are stripes never meet; the salt keeps the main threads of several
 * processes that share a file apart.
 */
public final class Stripes {
  private static final long SALT = salt();

  private Stripes() {}

  /**
   * The stripe of the calling thread.
   *
   * @param mask the number of stripes, a power of two, less one
   * @return from 0 to {@code mask}
   */
  public static long index(final int mask) {
    return (Thread.currentThread().getId() + SALT) & mask;
  }

  private static long salt() {
    // Processes of one service start alike, so neither their pids nor their clocks alone will do.
    final long mixed = (System.nanoTime() ^ ProcessHandle.current().pid()) * 0x9e37_79b9_7f4a_7c15L;
    return mixed >>> 32;
  }
}
