package io.narthex.backend.mapped;

/** Which processes were alive at one moment. Immutable. */
final class Liveness {
  private final long[] alive;
  private final boolean certain;

  /**
   * Takes the incarnation that is alive in each row, 0 where none is.
   *
   * @param certain whether all of them are proved to be
   */
  Liveness(final long[] alive, final boolean certain) {
    this.alive = alive;
    this.certain = certain;
  }

  static Liveness nobody() {
    return new Liveness(new long[ProcessTable.ROWS], true);
  }

  /** Whether nobody is in it only because it is too early to tell. */
  boolean isCertain() {
    return certain;
  }

  boolean isAlive(final int row, final long incarnation) {
    return incarnation != 0 && alive[row] == incarnation;
  }

  /** The incarnation that is alive in a row, or 0. */
  long in(final int row) {
    return alive[row];
  }

  int count() {
    int count = 0;
    for (final long incarnation : alive) {
      count += incarnation == 0 ? 0 : 1;
    }
    return count;
  }
}
