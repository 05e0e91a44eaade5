package io.narthex.backend.redis;

import java.util.ArrayList;
import java.util.List;

/** Collects the operations on one unit into parcels of a size that holds no server up. */
final class ParcelWriter {
  private static final int MOST_OPERATIONS = 1_000;

  private final Unit unit;
  private final List<Parcel> parcels = new ArrayList<>();
  private List<byte[]> operations = new ArrayList<>();
  private int count;

  ParcelWriter(final Unit unit) {
    this.unit = unit;
  }

  void operation(final String kind, final String... arguments) {
    operations.add(Request.utf8(kind));
    for (final String argument : arguments) {
      operations.add(Request.utf8(argument));
    }
    if (++count == MOST_OPERATIONS) {
      end();
    }
  }

  private void end() {
    final long number = unit.acked + 1 + parcels.size();
    parcels.add(new Parcel(unit, number, unit.acked, operations));
    operations = new ArrayList<>();
    count = 0;
  }

  /** The parcels, none if there was nothing to do. */
  List<Parcel> parcels() {
    if (count > 0) {
      end();
    }
    return parcels;
  }
}
