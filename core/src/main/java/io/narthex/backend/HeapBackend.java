package io.narthex.backend;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/**
 * Keeps values on the heap of one process; they end with it. The backend for programs that are one
 * process, and for tests.
 *
 * <p>Whole increments of counters, and observations, go to cells that few threads share (see {@link
 * Stripes}); other increments of a counter, and gauges, to one cell each. A series costs some 250
 * bytes, a histogram 128 more for each bucket. Nothing is freed before the backend itself is
 * unreachable: a removed series is hidden and keeps its room.
 */
public final class HeapBackend implements Backend {
  private final HeapCells cells = new HeapCells();

  /** In the order of names; replaced as a whole, under this object's lock. */
  private final SelfMetrics selfMetrics =
      SelfMetrics.builder()
          .gauge(
              "narthex_series", "Series that are held, removed ones included.", this::seriesCount)
          .build();

  private volatile HeapFamily[] families = {};

  private HeapBackend() {}

  /**
   * Makes a backend that holds nothing yet.
   *
   * @return the backend
   */
  public static HeapBackend create() {
    return new HeapBackend();
  }

  /**
   * Makes a backend from a configuration.
   *
   * @param config has no keys for this backend yet
   * @return the backend
   */
  public static HeapBackend fromConfig(final Map<String, ?> config) {
    return new HeapBackend();
  }

  @Override
  public synchronized BackendFamily register(
      final FamilyDescriptor wanted, final LabelSet overflow) {
    for (final HeapFamily family : families) {
      final FamilyDescriptor held = family.descriptor();
      if (held.sameSchema(wanted)) {
        return family;
      }
      if (held.overlaps(wanted)) {
        throw FamilyDescriptor.conflict(wanted, held);
      }
    }
    final HeapFamily fresh = new HeapFamily(wanted, cells);
    final HeapFamily[] more = Arrays.copyOf(families, families.length + 1);
    more[families.length] = fresh;
    Arrays.sort(more, Comparator.comparing(family -> family.descriptor().name()));
    families = more;
    return fresh;
  }

  @Override
  public synchronized boolean unregister(final String family) {
    for (final HeapFamily held : families) {
      if (held.descriptor().name().equals(family)) {
        held.retire();
        families =
            Arrays.stream(families).filter(other -> other != held).toArray(HeapFamily[]::new);
        return true;
      }
    }
    return false;
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    final HeapCursor cursor = new HeapCursor();
    final SelfMetrics.Visit<X> own = selfMetrics.visit(visitor);
    for (final HeapFamily family : families) {
      if (own.family(family.descriptor())) {
        family.visit(visitor, cursor);
      }
    }
    own.end();
  }

  private double seriesCount() {
    return Arrays.stream(families).mapToDouble(HeapFamily::seriesCount).sum();
  }

  /** Does nothing: there is nothing to end, and what was counted stays readable. */
  @Override
  public void close() {}
}
