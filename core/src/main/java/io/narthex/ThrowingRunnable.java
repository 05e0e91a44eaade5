package io.narthex;

/**
 * Work without a result, which may throw.
 *
 * @param <X> what it may throw; a lambda that throws nothing checked makes it {@link
 *     RuntimeException}
 */
@FunctionalInterface
public interface ThrowingRunnable<X extends Exception> {
  /**
   * Does the work.
   *
   * @throws X as the work sees fit
   */
  void run() throws X;
}
