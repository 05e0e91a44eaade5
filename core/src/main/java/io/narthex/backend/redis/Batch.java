package io.narthex.backend.redis;

import java.util.List;

/** All that was frozen of a family at one moment. A family has at most one under way. */
final class Batch {
  final List<RedisFamily.Frozen> frozen;
  final List<Parcel> parcels;

  Batch(final List<RedisFamily.Frozen> frozen, final List<Parcel> parcels) {
    this.frozen = frozen;
    this.parcels = parcels;
  }

  boolean isDelivered() {
    for (final Parcel parcel : parcels) {
      if (!parcel.delivered) {
        return false;
      }
    }
    return true;
  }
}
