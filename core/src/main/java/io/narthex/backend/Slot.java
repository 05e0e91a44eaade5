package io.narthex.backend;

/**
 * Where the value of one series lives. A metric's complete child holds one slot, and an update is
 * one call on it, so slots are abstract classes and not interfaces: with one backend in a JVM the
 * call has one target, which the JIT compiler inlines without a check.
 *
 * <p>Slots are safe for use by any number of threads, take no lock, never wait, allocate nothing
 * and, once made, never throw for an argument that their method allows; also not after their
 * backend was closed or their series removed. An update of a removed series brings it back from
 * zero.
 */
public abstract class Slot {
  /** For subclasses. */
  protected Slot() {}

  /**
   * Whether this slot stands in for a series that could not be created, for want of room or because
   * of a cap. Such a slot is not to be cached: the next look-up may get the series its own.
   *
   * @return true for the overflow series of a metric
   */
  public boolean isOverflow() {
    return false;
  }
}
