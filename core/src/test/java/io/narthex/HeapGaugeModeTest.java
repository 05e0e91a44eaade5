package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.HeapBackend;

/** The modes of gauges on the heap mean what they should. */
final class HeapGaugeModeTest extends GaugeModeContract {
  @Override
  protected Backend create() {
    return HeapBackend.create();
  }
}
