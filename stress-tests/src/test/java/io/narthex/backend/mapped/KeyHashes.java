package io.narthex.backend.mapped;

import java.nio.charset.StandardCharsets;

/** The engine's hash of keys, for tests that have keys meet in the index. */
public final class KeyHashes {
  private KeyHashes() {}

  /**
   * Hashes a key.
   *
   * @param family 0 for a family, else the offset of the series' family
   * @param text the family's name, or the label text
   */
  public static long of(final long seed, final long family, final String text) {
    return Hashing.hash(seed, family, text.getBytes(StandardCharsets.UTF_8));
  }
}
