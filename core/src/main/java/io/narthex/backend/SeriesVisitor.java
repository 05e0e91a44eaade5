package io.narthex.backend;

/**
 * Receives what a backend holds, family by family. All series of a family follow its {@link
 * #family} call without a gap, and each series is seen once.
 *
 * @param <X> what the visitor may throw to end the visit, {@link RuntimeException} where it throws
 *     nothing checked
 */
public interface SeriesVisitor<X extends Exception> {
  /**
   * Begins a family.
   *
   * @param family what the family is; the same object at each visit for as long as it is registered
   * @return whether the visitor wants this family's series
   * @throws X to end the visit
   */
  boolean family(FamilyDescriptor family) throws X;

  /**
   * Hands over one series of the family that began last.
   *
   * @param series a cursor, valid during this call only
   * @throws X to end the visit
   */
  void series(Series series) throws X;
}
