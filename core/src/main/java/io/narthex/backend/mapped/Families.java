package io.narthex.backend.mapped;

import io.narthex.MetricConflictException;
import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Registers families across processes without a lock. A family's record is published as pending,
 * and becomes active only after a look at all others:
 *
 * <ol>
 *   <li>an active one whose names overlap: this one is rejected;
 *   <li>a pending one whose names overlap: that one is rejected, and its owner tries again.
 * </ol>
 *
 * <p>Of two that overlap, each is published before its owner looks, so at least one owner sees the
 * other; and as a state changes by compare-and-set only, not both become active. Anybody may settle
 * a pending family, so one whose owner was killed holds up nobody.
 */
final class Families {
  private static final int MAX_ATTEMPTS = 1_000;
  private static final long BACK_OFF_NANOS = 50_000;

  private final MappedStore store;

  Families(final MappedStore store) {
    this.store = store;
  }

  /**
   * Finds or creates a family.
   *
   * @throws MetricConflictException if another one has its name or one of its names
   * @throws NarthexException if there is no room for it
   */
  FamilyEntry register(final FamilyDescriptor wanted) {
    final Deadline deadline = new Deadline();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      final FamilyEntry existing = overlapping(wanted);
      if (existing != null) {
        return checked(wanted, existing);
      }
      final RecordKey key = key(wanted.name());
      long offset = store.index().find(key);
      if (offset == 0) {
        offset = create(wanted, key, deadline);
      }
      final FamilyEntry entry = store.catalog().family(offset);
      if (entry != null && settle(entry) == FamilyRecordDescriptor.ACTIVE) {
        return checked(wanted, entry);
      }
      // Two that overlap may have rejected each other: let one be first.
      LockSupport.parkNanos(BACK_OFF_NANOS + System.nanoTime() % BACK_OFF_NANOS);
    }
    throw new NarthexException(
        "cannot register " + wanted + " in " + store.path() + ": others keep taking its names");
  }

  /**
   * The active family of a name.
   *
   * @return null if there is none
   */
  FamilyEntry find(final String name) {
    final long offset = store.index().find(key(name));
    final FamilyEntry entry = offset == 0 ? null : store.catalog().family(offset);
    return entry != null && state(entry) == FamilyRecordDescriptor.ACTIVE ? entry : null;
  }

  /** Takes a family out; false if somebody else just did. */
  boolean retire(final FamilyEntry entry) {
    if (!changeState(entry, FamilyRecordDescriptor.ACTIVE, FamilyRecordDescriptor.RETIRED)) {
      return false;
    }
    store.catalog().refresh();
    long wasted = store.records().length(entry.offset);
    for (final long series : entry.series) {
      wasted +=
          store.records().length(series) + (long) entry.cellCount() * Long.BYTES * store.stripes();
    }
    store.waste().add(wasted);
    return true;
  }

  /** Takes out what an earlier program left in the way of a wanted one, and is not used here. */
  void retireOthers(final FamilyDescriptor wanted) {
    for (final FamilyEntry entry : store.catalog().refresh()) {
      if (entry.descriptor.overlaps(wanted)
          && !entry.descriptor.sameSchema(wanted)
          && !entry.isRegisteredHere()) {
        retire(entry);
      }
    }
  }

  private long state(final FamilyEntry entry) {
    return store.records().state(entry.offset);
  }

  /** The active or pending family that cannot stand beside a wanted one, if there is one. */
  private FamilyEntry overlapping(final FamilyDescriptor wanted) {
    for (final FamilyEntry entry : store.catalog().refresh()) {
      if (entry.descriptor.overlaps(wanted) && settle(entry) == FamilyRecordDescriptor.ACTIVE) {
        return entry;
      }
    }
    return null;
  }

  /**
   * What is thrown where a family cannot stand beside one of the file.
   *
   * @param existing the one of the file
   */
  MetricConflictException conflict(final FamilyDescriptor wanted, final FamilyEntry existing) {
    return FamilyDescriptor.conflict(
        wanted,
        existing.descriptor,
        "in " + store.path() + ", where it may be left of an earlier run");
  }

  private FamilyEntry checked(final FamilyDescriptor wanted, final FamilyEntry existing) {
    if (!existing.descriptor.sameSchema(wanted)) {
      throw conflict(wanted, existing);
    }
    return existing;
  }

  private long create(final FamilyDescriptor wanted, final RecordKey key, final Deadline deadline) {
    final byte[] record = FamilyCodec.encode(wanted, key.hash(), System.currentTimeMillis());
    if (record.length > RecordDescriptor.MAX_LENGTH) {
      throw new NarthexException(
          "cannot register "
              + wanted
              + ": its names, help and bounds take "
              + record.length
              + " bytes, more than "
              + RecordDescriptor.MAX_LENGTH);
    }
    final long offset = store.arena().takeRecord(record.length, deadline);
    if (offset == 0) {
      throw noRoom(wanted);
    }
    store.records().store(offset, record);
    final long winner = store.publish(key, offset, deadline);
    if (winner != offset) {
      store.arena().keepRecord(offset, record.length);
    }
    if (winner == 0) {
      throw noRoom(wanted);
    }
    return winner;
  }

  NarthexException noRoom(final FamilyDescriptor wanted) {
    return new NarthexException("no room to register " + wanted + ": " + store.grower().reason());
  }

  private long settle(final FamilyEntry entry) {
    if (state(entry) != FamilyRecordDescriptor.PENDING) {
      return state(entry);
    }
    for (final FamilyEntry other : store.catalog().refresh()) {
      if (other.offset != entry.offset && other.descriptor.overlaps(entry.descriptor)) {
        changeState(other, FamilyRecordDescriptor.PENDING, FamilyRecordDescriptor.REJECTED);
        if (state(other) == FamilyRecordDescriptor.ACTIVE) {
          changeState(entry, FamilyRecordDescriptor.PENDING, FamilyRecordDescriptor.REJECTED);
          return state(entry);
        }
      }
    }
    changeState(entry, FamilyRecordDescriptor.PENDING, FamilyRecordDescriptor.ACTIVE);
    return state(entry);
  }

  private boolean changeState(final FamilyEntry entry, final long from, final long to) {
    final Mapping mapping =
        store.records().mapping(entry.offset, FamilyRecordDescriptor.BODY_OFFSET);
    return mapping != null
        && Memory.ACCESS.compareAndSetLong(
            mapping.buffer,
            mapping.position(entry.offset + FamilyRecordDescriptor.STATE_OFFSET),
            from,
            to);
  }

  /** Matches the families of a name that are not out. */
  private RecordKey key(final String name) {
    final long hash = Hashing.hash(store.seed(), 0, name.getBytes(StandardCharsets.UTF_8));
    return new RecordKey() {
      @Override
      public long hash() {
        return hash;
      }

      @Override
      public boolean matches(final long offset) {
        if (store.records().kind(offset) != RecordDescriptor.KIND_FAMILY) {
          return false;
        }
        final FamilyEntry entry = store.catalog().family(offset);
        if (entry == null || !entry.descriptor.name().equals(name)) {
          return false;
        }
        final long state = state(entry);
        return state == FamilyRecordDescriptor.PENDING || state == FamilyRecordDescriptor.ACTIVE;
      }
    };
  }
}
