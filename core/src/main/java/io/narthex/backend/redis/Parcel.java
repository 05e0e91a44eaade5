package io.narthex.backend.redis;

import java.util.List;

/**
 * Operations on one unit that the store applies as one, and once. Its contents never change: when a
 * reply is lost, the same parcel is sent again under the same number.
 */
final class Parcel {
  final Unit unit;
  final long number;

  /** The last number that was known to be applied when the parcel was made. */
  private final long ackedBefore;

  final List<byte[]> operations;
  boolean delivered;

  Parcel(
      final Unit unit, final long number, final long ackedBefore, final List<byte[]> operations) {
    this.unit = unit;
    this.number = number;
    this.ackedBefore = ackedBefore;
    this.operations = operations;
  }

  /**
   * The last number that is known to be applied. It grows within a batch: a server that was emptied
   * between two parcels of one takes the second for the first that it sees, not for one that came
   * too early.
   */
  long acked() {
    return delivered ? ackedBefore : Math.max(ackedBefore, unit.acked);
  }
}
