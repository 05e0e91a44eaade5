package io.narthex.backend.redis;

/**
 * The names of the keys of the native layout.
 *
 * @param prefix what all of them begin with, without the colon
 */
record NativeKeys(String prefix) {
  String catalog() {
    return prefix + ":catalog";
  }

  String processes() {
    return prefix + ":processes";
  }

  /** The braces put a metric's keys into one slot of a cluster. */
  String data(final String family) {
    return prefix + ":{" + family + '}';
  }

  String parcels(final String family) {
    return data(family) + ":parcels";
  }
}
