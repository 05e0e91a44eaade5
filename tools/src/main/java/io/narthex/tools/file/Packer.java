package io.narthex.tools.file;

import io.narthex.tools.file.Placing.Spot;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts pieces one after the other into segments of one kind, none of which gets more than a most.
 * Another one that is asked for the same pieces puts them into the same places.
 */
final class Packer {
  private final long most;
  private final List<Long> fills = new ArrayList<>(List.of(0L));

  Packer(final long most) {
    this.most = most;
  }

  /** Takes units. */
  Spot take(final long units) {
    int last = fills.size() - 1;
    if (fills.get(last) + units > most) {
      fills.add(0L);
      last++;
    }
    final long at = fills.get(last);
    fills.set(last, at + units);
    return new Spot(last, at);
  }

  /** How many units each segment has. */
  List<Long> fills() {
    return fills;
  }
}
