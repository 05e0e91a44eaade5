package io.narthex.backend.mapped;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The mapped file keeps the contract. */
final class MappedBackendContractTest extends BackendContract {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return MappedBackend.open(directory.resolve("contract.nx"));
  }
}
