package io.narthex.backend.mapped;

import io.narthex.GaugeModeContract;
import io.narthex.backend.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The modes of gauges in a mapped file mean what they should, to one process. */
final class MappedGaugeModeTest extends GaugeModeContract {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return MappedBackend.open(directory.resolve("gauges.nx"));
  }
}
