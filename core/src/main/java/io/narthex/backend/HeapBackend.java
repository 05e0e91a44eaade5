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

  private final int maxSeries;

  /** Counts label sets that found the cap reached; null where there is no cap. */
  private final CounterSlot overflowed;

  private HeapBackend(final int maxSeries) {
    this.maxSeries = maxSeries;
    this.overflowed =
        maxSeries == HeapFamily.NO_CAP
            ? null
            : (CounterSlot) register(SelfMetrics.overflowedLabelSets()).slot(LabelSet.EMPTY);
  }

  /**
   * Makes a backend that holds nothing yet.
   *
   * @return the backend
   */
  public static HeapBackend create() {
    return builder().build();
  }

  /**
   * Makes a backend with choices.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes a backend from a configuration, for {@link Backends}.
   *
   * @param config may have {@code max_series_per_metric}, as {@link Builder#maxSeriesPerMetric}
   * @return the backend
   * @throws io.narthex.NarthexException if an option is unknown or of a wrong type
   * @throws IllegalArgumentException if the builder refuses one
   */
  public static HeapBackend fromConfig(final Map<String, ?> config) {
    final Config options = Config.of(HeapBackend.class, config, "max_series_per_metric");
    final Builder builder = builder();
    options.integer("max_series_per_metric").ifPresent(builder::maxSeriesPerMetric);
    return builder.build();
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    final HeapFamily family = register(wanted);
    return overflow == null || maxSeries == HeapFamily.NO_CAP
        ? family
        : new CappedHeapFamily(family, overflow, maxSeries, overflowed);
  }

  private synchronized HeapFamily register(final FamilyDescriptor wanted) {
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

  /** The choices for a backend; not for use by several threads. */
  public static final class Builder {
    private int maxSeries = HeapFamily.NO_CAP;

    private Builder() {}

    /**
     * Caps how many series each metric may have. At the cap a new label set counts into the
     * metric's overflow series, whose every label is {@code __overflow__}; what exists goes on. A
     * series that was removed keeps its place, as it comes back with the next update through any
     * handle. Metrics without labels have no cap. {@code narthex_overflowed_label_sets_total} tells
     * how often a label set was looked up in vain.
     *
     * @param count at least 1; no cap unless set
     * @return this
     */
    public Builder maxSeriesPerMetric(final int count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "maxSeriesPerMetric " + count + " is below 1; leave it unset for no cap");
      }
      this.maxSeries = count;
      return this;
    }

    /**
     * Makes a backend that holds nothing yet.
     *
     * @return the backend
     */
    public HeapBackend build() {
      return new HeapBackend(maxSeries);
    }
  }
}
