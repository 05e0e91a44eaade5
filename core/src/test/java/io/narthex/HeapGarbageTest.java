package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.HeapBackend;

/** The hot path makes no garbage on the heap. */
final class HeapGarbageTest extends GarbageContract {
  @Override
  protected Backend create() {
    return HeapBackend.create();
  }
}
