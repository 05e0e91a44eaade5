package io.narthex.exposition;

import java.math.BigInteger;

/**
 * Finds the shortest decimal that reads back as a given double, and of those the closest, without
 * garbage. This is Schubfach, as in Raffaello Giulietti, <i>The Schubfach way to render doubles</i>
 * (2020); the names below are the paper's.
 *
 * <p>A double is {@code c · 2^q}. All decimals within half a unit of its last place read back as
 * that double. The paper shows that for {@code k = ⌊log10(2^q)⌋} one multiple of {@code 10^k} or
 * {@code 10^(k+1)} lies in that interval, and that the few candidates can be told apart by integers
 * of 63 bits, given {@code 10^-k} to 126 bits. These powers are computed exactly when the class is
 * first used.
 */
final class ShortestDecimal {
  private static final int MANTISSA_BITS = 52;
  private static final int MIN_Q = -1074;
  private static final long HIDDEN_BIT = 1L << MANTISSA_BITS;
  private static final long MASK_63 = Long.MAX_VALUE;

  /** The range of k over all finite doubles. */
  private static final int MIN_K = -324;

  private static final int MAX_K = 292;

  /** For each k the upper and the lower 63 bits of g(k). */
  private static final long[] POWERS = powers();

  private ShortestDecimal() {}

  /** The exponent k of 10 that goes with {@link #digits}. */
  static int exponent(final double value) {
    final long bits = Double.doubleToRawLongBits(value);
    final long mantissa = bits & (HIDDEN_BIT - 1);
    final int biased = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
    return biased > 1 && mantissa == 0
        ? floorLog10OfThreeQuartersOfPow2(MIN_Q + biased - 1)
        : floorLog10OfPow2(MIN_Q + Math.max(biased, 1) - 1);
  }

  /**
   * The digits of a double, as a number d with {@code |value| ≈ d · 10^exponent(value)}; it may end
   * in zeros.
   *
   * @param value finite and not 0; its sign is ignored
   */
  static long digits(final double value) {
    final long bits = Double.doubleToRawLongBits(value);
    final long mantissa = bits & (HIDDEN_BIT - 1);
    final int biased = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
    final int q = MIN_Q + Math.max(biased, 1) - 1;
    final long c = biased == 0 ? mantissa : mantissa | HIDDEN_BIT;
    // Below a power of 2 doubles are twice as dense, so that the interval is lopsided there.
    final boolean lopsided = biased > 1 && mantissa == 0;
    final int k = exponent(value);
    final int h = q + floorLog2OfPow10(-k) + 2;
    final long g1 = POWERS[(k - MIN_K) << 1];
    final long g0 = POWERS[((k - MIN_K) << 1) | 1];

    // The value and the ends of its interval, times 4 · 10^-k, rounded to odd.
    final long v = roundToOdd(g1, g0, (c << 2) << h);
    final long left = roundToOdd(g1, g0, ((c << 2) - (lopsided ? 1 : 2)) << h);
    final long right = roundToOdd(g1, g0, ((c << 2) + 2) << h);
    // An even mantissa wins ties, so that its interval has its ends.
    final long open = c & 1;

    final long s = v >> 2;
    if (s >= 10) {
      final long shorter = s / 10 * 10;
      final boolean down = left + open <= shorter << 2;
      final boolean up = ((shorter + 10) << 2) + open <= right;
      if (down != up) {
        return down ? shorter : shorter + 10;
      }
    }
    final boolean down = left + open <= s << 2;
    final boolean up = ((s + 1) << 2) + open <= right;
    if (down != up) {
      return down ? s : s + 1;
    }
    final long beyondMiddle = v - ((s << 2) + 2);
    return beyondMiddle < 0 || (beyondMiddle == 0 && (s & 1) == 0) ? s : s + 1;
  }

  private static long roundToOdd(final long g1, final long g0, final long x) {
    final long low = ((g1 * x) >>> 1) + Math.multiplyHigh(g0, x);
    final long high = Math.multiplyHigh(g1, x) + (low >>> 63);
    return high | (((low & MASK_63) + MASK_63) >>> 63);
  }

  private static int floorLog10OfPow2(final int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  private static int floorLog10OfThreeQuartersOfPow2(final int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int floorLog2OfPow10(final int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }

  /** g(k) = ⌊10^-k · 2^r⌋ + 1, with the r that makes it 126 bits long. */
  private static long[] powers() {
    final long[] powers = new long[(MAX_K - MIN_K + 1) * 2];
    for (int k = MIN_K; k <= MAX_K; k++) {
      final BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      final BigInteger scaled;
      if (k <= 0) {
        scaled = power.shiftRight(power.bitLength() - 126);
      } else {
        // 2^n / power has 126 bits for n = bitLength + 125, power being no power of 2.
        scaled = BigInteger.ONE.shiftLeft(power.bitLength() + 125).divide(power);
      }
      final BigInteger g = scaled.add(BigInteger.ONE);
      powers[(k - MIN_K) << 1] = g.shiftRight(63).longValueExact();
      powers[((k - MIN_K) << 1) | 1] = g.longValue() & MASK_63;
    }
    return powers;
  }
}
