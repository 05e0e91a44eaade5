package io.narthex.jmh.chronicle;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendContract;
import io.narthex.backend.Backends;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A backend that is none of the engine's own keeps the contract. */
final class ChronicleBackendContractTest extends BackendContract {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return Backends.load(
        "io.narthex.jmh.chronicle.ChronicleBackend",
        Map.of("path", directory.resolve("contract.bytes")));
  }
}
