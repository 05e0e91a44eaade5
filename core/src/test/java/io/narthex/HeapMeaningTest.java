package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.HeapBackend;

/** Metrics on the heap mean what they should. */
final class HeapMeaningTest extends MeaningContract {
  @Override
  protected Backend create() {
    return HeapBackend.create();
  }
}
