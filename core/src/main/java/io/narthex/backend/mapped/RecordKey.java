package io.narthex.backend.mapped;

/** What a record is looked up by. */
interface RecordKey {
  /** The hash of the key with the file's seed. */
  long hash();

  /**
   * Whether the record at an offset has this key.
   *
   * @param offset as an index word gives it, not checked
   */
  boolean matches(long offset);
}
