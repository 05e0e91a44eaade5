package io.narthex.tools.file;

/** Receives what is wrong. */
@FunctionalInterface
interface Findings {
  /** For who only wants what is right. */
  Findings NONE = finding -> {};

  void add(Finding finding);

  default void add(
      final long offset,
      final String check,
      final Object expected,
      final Object found,
      final Object where) {
    add(new Finding(offset, check, expected.toString(), found.toString(), where.toString()));
  }

  /** The same of numbers that are no quantities. */
  default void addBits(
      final long offset,
      final String check,
      final long expected,
      final long found,
      final Object where) {
    add(offset, check, "0x" + Long.toHexString(expected), "0x" + Long.toHexString(found), where);
  }
}
