package io.narthex.backend.mapped;

import io.narthex.GarbageContract;
import io.narthex.backend.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The hot path makes no garbage in a mapped file, by either way to reach memory. */
final class MappedGarbageTest extends GarbageContract {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return MappedBackend.open(directory.resolve("garbage.nx"));
  }
}
