package io.narthex.backend.mapped;

import io.narthex.MeaningContract;
import io.narthex.backend.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Metrics in a mapped file mean what they should. */
final class MappedMeaningTest extends MeaningContract {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return MappedBackend.open(directory.resolve("meaning.nx"));
  }
}
