package io.narthex;

/**
 * What a view has as long as it is not a child of its own: the defaults that may complete it, and
 * the child that they completed it to.
 */
final class Partial<M extends Metric<M>> {
  private final int missing;

  /** By label position, null where a label has no default. */
  final String[] defaults;

  /**
   * Found at the first update. Children are immutable, so a racy write is a safe publication;
   * threads that race find the same child.
   */
  M child;

  Partial(final int missing, final String[] defaults) {
    this.missing = missing;
    this.defaults = defaults;
  }

  /** Whether one more value completes the view, where there was none {@code before}. */
  boolean isLast(final String before) {
    return missing == 1 && before == null;
  }
}
