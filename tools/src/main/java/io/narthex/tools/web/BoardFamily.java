package io.narthex.tools.web;

import io.narthex.backend.FamilyDescriptor;
import java.util.HashMap;
import java.util.Map;

/** A family on the {@link Board}. */
final class BoardFamily {
  final int id;
  final FamilyDescriptor descriptor;

  /** The turn in which it appeared. */
  final long created;

  /** By their label text. */
  final Map<String, BoardSeries> series = new HashMap<>();

  /** The turn in which it was seen last. */
  long turn;

  BoardFamily(final int id, final FamilyDescriptor descriptor, final long turn) {
    this.id = id;
    this.descriptor = descriptor;
    this.created = turn;
    this.turn = turn;
  }

  /** Whether the page can go on with it: a file that was replaced brings another descriptor. */
  boolean isOf(final FamilyDescriptor other) {
    return descriptor == other
        || (descriptor.sameSchema(other) && descriptor.help().equals(other.help()));
  }
}
