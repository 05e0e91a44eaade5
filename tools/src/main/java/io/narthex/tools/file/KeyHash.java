package io.narthex.tools.file;

/** The hash of a record's key: FNV-1a begun with the file's seed, and a finalizer. */
final class KeyHash {
  private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
  private static final long FNV_PRIME = 0x0000_0100_0000_01b3L;

  private KeyHash() {}

  /**
   * Hashes a key.
   *
   * @param family 0 for a family, else the offset of the series' family
   * @param text the family's name, or the label text
   */
  static long of(final long seed, final long family, final byte[] text) {
    long hash = FNV_OFFSET ^ seed ^ mix(family);
    for (final byte b : text) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  private static long mix(final long value) {
    long x = value;
    x ^= x >>> 33;
    x *= 0xff51_afd7_ed55_8ccdL;
    x ^= x >>> 33;
    x *= 0xc4ce_b9fe_1a85_ec53L;
    return x ^ (x >>> 33);
  }
}
