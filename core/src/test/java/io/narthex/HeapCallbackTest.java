package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.Backend;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.Seen;
import org.junit.jupiter.api.Test;

/** Callbacks of gauges on the heap. */
final class HeapCallbackTest extends CallbackContract {
  @Override
  protected Backend create() {
    return HeapBackend.create();
  }

  @Test
  void shouldLeaveNoValueBehindWhenRegistryIsClosed() {
    final Backend heap = create();
    final MetricRegistry registry = MetricRegistry.create(heap);
    Gauge.builder("used").callback(() -> 3).register(registry);
    await(() -> Seen.of(heap).has("used", ""));
    registry.close();

    assertThat(Seen.of(heap).labels("used")).isEmpty();
  }
}
