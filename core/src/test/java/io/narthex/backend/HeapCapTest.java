package io.narthex.backend;

/** The heap keeps to its cap. */
final class HeapCapTest extends CapContract {
  @Override
  protected Backend create(final int maxSeriesPerMetric) {
    return HeapBackend.builder().maxSeriesPerMetric(maxSeriesPerMetric).build();
  }
}
