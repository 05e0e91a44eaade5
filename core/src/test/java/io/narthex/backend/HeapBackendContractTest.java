package io.narthex.backend;

/** The heap keeps the contract. */
final class HeapBackendContractTest extends BackendContract {
  @Override
  protected Backend create() {
    return HeapBackend.create();
  }
}
