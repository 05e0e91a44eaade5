package io.narthex.backend;

/**
 * The seam between metrics and the place where their values live. One program counts in a process,
 * on a host or across hosts by a change of its backend; the engine's own backends and a third
 * party's implement this interface alike. Its specification in code is the test class {@code
 * BackendContract}.
 *
 * <p>A backend is safe for use by any number of threads.
 */
public interface Backend extends AutoCloseable {
  /**
   * Finds or creates a family. The room that its overflow series needs is reserved here.
   *
   * @param wanted what the family is to be, its name with the registry's prefix
   * @param overflow the labels of the series that stands in for those that cannot be created, or
   *     null for a family without labels
   * @return the family, created or found
   * @throws io.narthex.MetricConflictException if a family with another schema has that name, or if
   *     a name of another family overlaps with a name of this one
   * @throws io.narthex.NarthexException if there is no room for it, or the backend is read-only and
   *     has no such family
   */
  BackendFamily register(FamilyDescriptor wanted, LabelSet overflow);

  /**
   * Takes a family out, for all processes. Its name may then be registered with another schema;
   * slots of the old one still accept updates, which go nowhere.
   *
   * @param family the full name of the family, without {@code _total} or {@code _info}
   * @return whether there was such a family
   */
  boolean unregister(String family);

  /**
   * Shows a visitor everything that is held, whoever made it: families in the order of their names,
   * each with its series. Series that are created meanwhile may or may not be seen. Takes no lock
   * while it calls the visitor, so that a slow visitor holds up nobody.
   *
   * @param visitor who looks
   * @param <X> what the visitor throws
   * @throws X what the visitor threw, which ended the visit
   */
  <X extends Exception> void visit(SeriesVisitor<X> visitor) throws X;

  /**
   * Ends the backend's own work and frees what it holds apart from the values. Slots that are kept
   * stay usable and never throw. Closing twice does nothing.
   */
  @Override
  void close();
}
