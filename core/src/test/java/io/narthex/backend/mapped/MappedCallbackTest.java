package io.narthex.backend.mapped;

import io.narthex.CallbackContract;
import io.narthex.backend.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks of gauges in a mapped file. */
final class MappedCallbackTest extends CallbackContract {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return MappedBackend.open(directory.resolve("gauges.nx"));
  }
}
