package io.narthex.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What a backend tells of itself: gauges whose names begin with {@code narthex_}, measured when
 * somebody looks and stored nowhere. They are shown among the families that the backend holds, in
 * the order of names. For backends; safe for use by any number of threads.
 */
public final class SelfMetrics {
  private final List<Own> gauges;
  private final long sinceMillis = System.currentTimeMillis();

  private SelfMetrics(final List<Own> gauges) {
    this.gauges = gauges;
  }

  private record Own(FamilyDescriptor family, DoubleSupplier value) {}

  /**
   * Starts a list.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Describes the counter of label sets that could not be created, which a backend that has an
   * overflow series for them registers with itself.
   *
   * @return {@code narthex_overflowed_label_sets}, a counter without labels
   */
  public static FamilyDescriptor overflowedLabelSets() {
    return FamilyDescriptor.builder(MetricType.COUNTER, "narthex_overflowed_label_sets")
        .help("Look-ups of label sets that could not be created and count as __overflow__.")
        .build();
  }

  /**
   * Begins a visit.
   *
   * @param visitor who looks
   * @param <X> what the visitor throws
   * @return what stands between the backend and the visitor
   */
  public <X extends Exception> Visit<X> visit(final SeriesVisitor<X> visitor) {
    return new Visit<>(this, visitor);
  }

  /**
   * Shows a backend's own gauges between the families that it holds; for one thread.
   *
   * @param <X> what the visitor throws
   */
  public static final class Visit<X extends Exception> {
    private final SelfMetrics own;
    private final SeriesVisitor<X> visitor;
    private int next;

    private Visit(final SelfMetrics own, final SeriesVisitor<X> visitor) {
      this.own = own;
      this.visitor = visitor;
    }

    /**
     * To be called in place of {@link SeriesVisitor#family}: shows what comes before that family.
     *
     * @param family the next family that is held
     * @return what the visitor says of the family
     * @throws X what the visitor threw
     */
    public boolean family(final FamilyDescriptor family) throws X {
      while (next < own.gauges.size()) {
        final Own gauge = own.gauges.get(next);
        final int order = gauge.family.name().compareTo(family.name());
        if (order > 0) {
          break;
        }
        next++;
        if (order < 0) {
          show(gauge); // an application's family of the same name goes first, and this one is left
          // out
        }
      }
      return visitor.family(family);
    }

    /**
     * Shows what comes after all families.
     *
     * @throws X what the visitor threw
     */
    public void end() throws X {
      for (; next < own.gauges.size(); next++) {
        show(own.gauges.get(next));
      }
    }

    private void show(final Own gauge) throws X {
      if (visitor.family(gauge.family)) {
        visitor.series(new Reading(own.sinceMillis, gauge.value.getAsDouble()));
      }
    }
  }

  private record Reading(long createdMillis, double value) implements Series {
    @Override
    public int labelsLength() {
      return 0;
    }

    @Override
    public void copyLabels(final byte[] target, final int at) {
      // There are none.
    }

    @Override
    public long bucket(final int index) {
      throw new IndexOutOfBoundsException("a gauge has no bucket " + index);
    }

    @Override
    public double sum() {
      return value;
    }
  }

  /** Collects gauges; for one thread. */
  public static final class Builder {
    private final List<Own> gauges = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a gauge.
     *
     * @param name its full name
     * @param help what it says
     * @param value measures it; throws nothing
     * @return this
     */
    public Builder gauge(final String name, final String help, final DoubleSupplier value) {
      final FamilyDescriptor family =
          FamilyDescriptor.builder(MetricType.GAUGE, name).help(help).build();
      gauges.add(new Own(family, value));
      return this;
    }

    /**
     * Ends the list.
     *
     * @return the gauges, in the order of their names
     */
    public SelfMetrics build() {
      gauges.sort(Comparator.comparing(own -> own.family.name()));
      return new SelfMetrics(List.copyOf(gauges));
    }
  }
}
