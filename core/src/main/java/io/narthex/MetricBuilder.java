package io.narthex;

import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the builders of all metrics share. A builder is for one thread; it may register its metric
 * in several registries.
 *
 * @param <B> the builder's own type
 * @param <M> what it builds
 */
public abstract sealed class MetricBuilder<B extends MetricBuilder<B, M>, M extends Metric<M>>
    permits Counter.Builder,
        Gauge.Builder,
        Histogram.Builder,
        Summary.Builder,
        Info.Builder,
        StateSet.Builder {
  final MetricType type;
  final String name;
  private final ChildFactory<M> factory;
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private String help = "";
  private String unit = "";
  private String[] labelNames = {};

  MetricBuilder(final MetricType type, final String name, final ChildFactory<M> factory) {
    this.type = type;
    this.name = Objects.requireNonNull(name, "name");
    this.factory = factory;
  }

  @SuppressWarnings("unchecked")
  private B self() {
    return (B) this;
  }

  /** Refuses what is not enough for this type of metric; the name is for messages. */
  void check(final String fullName) {}

  /** Adds what only this type of metric has. */
  void describe(final FamilyDescriptor.Builder descriptor) {}

  /** Looks at the defaults, by label position, before anything is registered. */
  void checkDefaults(final FamilyDescriptor descriptor, final String[] byPosition) {}

  /** Adds to the registered metric what only this type has; under the registry's lock. */
  void registered(final M metric, final Callbacks callbacks) {}

  /**
   * Says what the metric measures. Not part of the schema: the first help text of a name wins.
   *
   * @param text the text, in one or more lines
   * @return this
   */
  public final B help(final String text) {
    this.help = Objects.requireNonNull(text, "help");
    return self();
  }

  /**
   * Names the unit; it has to be the last word of the name, before any {@code _total}.
   *
   * @param text such as {@code seconds} or {@code bytes}; empty for none
   * @return this
   */
  public final B unit(final String text) {
    this.unit = Objects.requireNonNull(text, "unit");
    return self();
  }

  /**
   * Declares the labels.
   *
   * @param names their names, in the order in which {@code labelValues} takes the values
   * @return this
   */
  public final B labelNames(final String... names) {
    this.labelNames = Objects.requireNonNull(names, "names").clone();
    return self();
  }

  /**
   * Gives a label a value for views that do not. It belongs to the view that {@code register}
   * returns and is not part of the schema.
   *
   * @param label a declared label's name
   * @param value its value by default
   * @return this
   */
  public final B defaultLabel(final String label, final String value) {
    defaults.put(label, value);
    return self();
  }

  /**
   * Registers the metric in the global registry.
   *
   * @return as {@link #register(MetricRegistry)}
   */
  public final M register() {
    return register(MetricRegistry.global());
  }

  /**
   * Registers the metric, or finds it if one with the same schema is there already.
   *
   * @param registry where
   * @return the metric; if it has no labels, it is exported from now on where its type has a zero
   * @throws IllegalArgumentException if the name or the unit is not one
   * @throws LabelValidationException if a label's name is not one or may not be used, or a default
   *     is for no declared label or null
   * @throws MetricConflictException if the name, or one that goes with it, is taken by a metric
   *     with another schema
   * @throws NarthexException if the backend has no room, or is read-only, or the registry is closed
   */
  public final M register(final MetricRegistry registry) {
    return Objects.requireNonNull(registry, "registry").register(this);
  }

  final ChildFactory<M> factory() {
    return factory;
  }

  final FamilyDescriptor descriptor(final String prefix) {
    final String family = Names.family(type, prefix, name);
    Names.checkUnit(type, family, unit);
    final String fullName = Excerpt.of(prefix + name);
    check(fullName);
    final FamilyDescriptor.Builder descriptor =
        FamilyDescriptor.builder(type, family)
            .givenName(name)
            .help(help)
            .unit(unit)
            .labelNames(Names.nonNull(type.text() + ' ' + fullName, labelNames));
    describe(descriptor);
    return descriptor.build();
  }

  /** The defaults by label position, null where there is none. */
  final String[] defaults(final FamilyDescriptor descriptor) {
    final String[] byPosition = new String[labelNames.length];
    defaults.forEach(
        (label, value) -> {
          final int at = label == null ? -1 : descriptor.labelNames().indexOf(label);
          if (at < 0 || value == null) {
            throw new LabelValidationException(
                descriptor
                    + (at < 0
                        ? " has no label "
                            + Excerpt.of(label)
                            + " that could have a default; allowed: "
                        : " has null as the default of label " + label + "; its labels: ")
                    + Excerpt.of(descriptor.labelNames()));
          }
          byPosition[at] = value;
        });
    checkDefaults(descriptor, byPosition);
    return byPosition;
  }
}
