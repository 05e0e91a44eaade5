package io.narthex.backend.mapped;

import io.narthex.MetricConflictException;
import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import java.io.IOException;
import java.nio.channels.FileLock;

/** Registers a family, and replaces one that is in its way where that is allowed. */
final class Registration {
  private final MappedStore store;
  private final WhenIncompatible whenIncompatible;

  Registration(final MappedStore store, final WhenIncompatible whenIncompatible) {
    this.store = store;
    this.whenIncompatible = whenIncompatible;
  }

  FamilyEntry register(final FamilyDescriptor wanted) {
    try {
      return registered(wanted);
    } catch (final MetricConflictException e) {
      final String inTheWay = replace(wanted);
      if (inTheWay == null) {
        return registered(wanted);
      }
      throw new MetricConflictException(e.getMessage() + inTheWay);
    }
  }

  private FamilyEntry registered(final FamilyDescriptor wanted) {
    final FamilyEntry entry = store.families().register(wanted);
    entry.registerHere();
    return entry;
  }

  /** Takes out what is in the way; says why not, if it may not. */
  private String replace(final FamilyDescriptor wanted) {
    if (whenIncompatible == WhenIncompatible.FAIL) {
      final Processes processes = store.processes();
      return "; alive in " + store.path() + ": " + processes.pids(processes.liveness());
    }
    try {
      return store.onThread(() -> replaceAlone(wanted));
    } catch (final IOException | NarthexException e) {
      return "; who uses " + store.path() + " cannot be told: " + e.getMessage();
    }
  }

  /** Nobody can open the file between the look at who is alive and the end of this. */
  private String replaceAlone(final FamilyDescriptor wanted) throws IOException {
    final FileLock lock =
        LockFile.of(store.path()).awaitAttach(store.path(), false, LockFile.latest());
    try {
      final Processes processes = store.processes();
      final Liveness alive = processes.look();
      if (!processes.isAlone(alive)) {
        return "; alive in " + store.path() + ": " + processes.pids(alive);
      }
      store.families().retireOthers(wanted);
      return null;
    } finally {
      LockFile.release(lock);
    }
  }
}
