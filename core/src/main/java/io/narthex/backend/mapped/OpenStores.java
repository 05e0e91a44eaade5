package io.narthex.backend.mapped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that this JVM has open for writing. One file has one store, by whatever path and
 * however often it is opened, as kernel locks belong to the JVM and not to who took them.
 *
 * <p>To open may wait for another process, so one path is opened at a time, and not one file of
 * all: what an opening replaces has another identity afterwards, but the same path.
 */
final class OpenStores {
  /** By identity. */
  private static final Map<Object, Shared> OPEN = new HashMap<>();

  /** What is held while a real path is opened; as few as there are paths, so they are kept. */
  private static final Map<Path, Object> GATES = new ConcurrentHashMap<>();

  private OpenStores() {}

  /** Opens a file that exists, or takes part in what is open already. */
  static MappedStore open(final Path path, final Opener opener) throws IOException {
    synchronized (GATES.computeIfAbsent(path.toRealPath(), any -> new Object())) {
      final Object identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      final MappedStore shared = share(identity);
      return shared != null ? shared : add(opener.open());
    }
  }

  private static MappedStore share(final Object identity) {
    synchronized (OPEN) {
      final Shared shared = OPEN.get(identity);
      if (shared == null) {
        return null;
      }
      shared.users++;
      return shared.store;
    }
  }

  private static MappedStore add(final MappedStore store) {
    synchronized (OPEN) {
      OPEN.put(store.id().key(), new Shared(store));
      return store;
    }
  }

  /** Closes the store when its last user is gone; waits for nothing. */
  static void close(final MappedStore store) {
    synchronized (OPEN) {
      OPEN.values()
          .removeIf(
              shared -> {
                if (shared.store != store || --shared.users > 0) {
                  return false;
                }
                store.close();
                return true;
              });
    }
  }

  private static final class Shared {
    final MappedStore store;
    int users = 1;

    Shared(final MappedStore store) {
      this.store = store;
    }
  }
}
