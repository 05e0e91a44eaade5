package io.narthex;

/**
 * Work with a result, which may throw.
 *
 * @param <T> the result
 * @param <X> what it may throw; a lambda that throws nothing checked makes it {@link
 *     RuntimeException}
 */
@FunctionalInterface
public interface ThrowingSupplier<T, X extends Exception> {
  /**
   * Does the work.
   *
   * @return its result
   * @throws X as the work sees fit
   */
  T get() throws X;
}
