package io.narthex.backend.mapped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that this JVM has open for writing. One file has one store, by whatever path and
 * however often it is opened, as kernel locks belong to the JVM and not to who took them.
 */
final class OpenStores {
  private static final Map<Object, Shared> OPEN = new HashMap<>();

  private OpenStores() {}

  /** Opens a file that exists, or takes part in what is open already. */
  static synchronized MappedStore open(final Path path, final Opener opener) throws IOException {
    final Object identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    final Shared shared = OPEN.get(identity);
    if (shared != null) {
      shared.users++;
      return shared.store;
    }
    final MappedStore store = opener.open();
    OPEN.put(store.id().key(), new Shared(store));
    return store;
  }

  /** Closes the store when its last user is gone. */
  static synchronized void close(final MappedStore store) {
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

  private static final class Shared {
    final MappedStore store;
    int users = 1;

    Shared(final MappedStore store) {
      this.store = store;
    }
  }
}
