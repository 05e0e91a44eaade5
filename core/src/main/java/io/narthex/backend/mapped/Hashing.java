package io.narthex.backend.mapped;

/**
 * The hash of keys: FNV-1a over the bytes, begun with the file's seed, then the finalizer of
 * MurmurHash3, whose high bits are as good as its low ones. A key is hashed once, when its handle
 * is made.
 */
final class Hashing {
  private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
  private static final long FNV_PRIME = 0x0000_0100_0000_01b3L;

  private Hashing() {}

  /**
   * Hashes a key.
   *
   * @param family 0 for a family, which is found by its name; else the offset of a series' family
   * @param text the name, or the label text
   */
  static long hash(final long seed, final long family, final byte[] text) {
    return hash(seed, family, text, 0, text.length);
  }

  /** The same of a text that is [from, to) of the bytes. */
  static long hash(
      final long seed, final long family, final byte[] bytes, final int from, final int to) {
    long hash = FNV_OFFSET ^ seed ^ mixed(family);
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
    return mixed(hash);
  }

  private static long mixed(final long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51_afd7_ed55_8ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
