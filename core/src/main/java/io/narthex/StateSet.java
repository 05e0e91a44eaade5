package io.narthex;

import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A set of named states of which at most one is true. Each is exported as a series of its own, with
 * the state in a label that has the name of the metric: {@code breaker{breaker="open"} 1}.
 */
public final class StateSet extends Metric<StateSet> {
  private final GaugeSlot slot;

  private StateSet(
      final Family<StateSet> family,
      final LabelValues values,
      final Partial<StateSet> partial,
      final Slot slot) {
    super(family, values, partial);
    this.slot = (GaugeSlot) slot;
  }

  /**
   * Starts a state set.
   *
   * @param name its name without the registry's prefix
   * @return a builder
   */
  public static Builder builder(final String name) {
    return new Builder(name);
  }

  @Override
  GaugeSlot slot() {
    return slot;
  }

  /**
   * Makes one state the only true one.
   *
   * @param state its name
   * @throws IllegalArgumentException if there is no such state; nothing changes
   * @throws UnobservableMetricException if labels are missing
   */
  public void set(final String state) {
    final int index = state == null ? -1 : family.descriptor.states().indexOf(state);
    if (index < 0) {
      throw new IllegalArgumentException(
          this
              + " has no state "
              + Excerpt.of(state)
              + "; allowed: "
              + Excerpt.of(family.descriptor.states()));
    }
    observable().slot.set(index + 1);
  }

  /**
   * The state that is true, as a scrape would show it now.
   *
   * @return its name, or empty if none was set
   * @throws UnobservableMetricException if labels are missing
   */
  public Optional<String> state() {
    final GaugeSlot s = (GaugeSlot) readable();
    final List<String> states = family.descriptor.states();
    // Of a damaged file it may be any number; a page shows no state as true then.
    final double value = s == null ? 0 : s.value();
    final int number = (int) value;
    return number == value && number >= 1 && number <= states.size()
        ? Optional.of(states.get(number - 1))
        : Optional.empty();
  }

  /** Builds state sets. */
  public static final class Builder extends MetricBuilder<Builder, StateSet> {
    private Set<String> states = Set.of();

    private Builder(final String name) {
      super(MetricType.STATESET, name, StateSet::new);
    }

    /**
     * Sets the states.
     *
     * @param names their names, in the order in which they are exported
     * @return this
     * @throws IllegalArgumentException if one is there twice, or null
     */
    public Builder states(final String... names) {
      Objects.requireNonNull(names, "names");
      final Set<String> distinct = new LinkedHashSet<>();
      for (final String state : names) {
        if (state == null) {
          throw new IllegalArgumentException(
              "stateset " + Excerpt.of(name) + " cannot have a state null");
        }
        // As it is exported: a surrogate without its pair becomes "?".
        distinct.add(new String(state.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      }
      if (distinct.size() < names.length) {
        throw new IllegalArgumentException(
            "stateset "
                + Excerpt.of(name)
                + " has a state twice: "
                + Excerpt.of(Arrays.asList(names)));
      }
      this.states = distinct;
      return this;
    }

    @Override
    void check(final String fullName) {
      if (states.isEmpty()) {
        throw new IllegalArgumentException("stateset " + fullName + " has no states");
      }
    }

    @Override
    void describe(final FamilyDescriptor.Builder descriptor) {
      descriptor.states(List.copyOf(states));
    }
  }
}
