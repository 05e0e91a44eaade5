package io.narthex.backend.redis;

import java.util.List;

/** Two keys that stand side by side: where values are, and which parcels made them. */
final class Unit {
  /** The first parcel settles the keys. */
  volatile String dataKey;

  volatile String parcelsKey;

  /** The number of the last parcel that the store is known to have applied. */
  long acked;

  /** Since when the keys do not expire for a while; null if they may at any moment. */
  private Long refreshedNanos;

  /** What the store says of the making of the keys; null until it has. */
  private String born;

  Unit(final String dataKey, final String parcelsKey) {
    this.dataKey = dataKey;
    this.parcelsKey = parcelsKey;
  }

  /** Whether the keys are others than those that were there before, which were lost then. */
  boolean isBornAnew(final String now) {
    final String before = born;
    born = now;
    return before != null && !before.equals(now);
  }

  void refreshed(final long nanos) {
    refreshedNanos = nanos;
  }

  /** The keys may be gone. */
  void unsettle() {
    refreshedNanos = null;
  }

  boolean isRefreshDue(final long now, final long intervalNanos) {
    return refreshedNanos == null || now - refreshedNanos > intervalNanos;
  }

  /** A parcel without operations, which keeps the keys from expiring. */
  Parcel refresh() {
    return new Parcel(this, acked, acked, List.of());
  }
}
