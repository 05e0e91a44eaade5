package io.narthex.backend;

import io.narthex.GaugeMode;
import io.narthex.MetricConflictException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a metric family is: its full name, type, help text and schema. Immutable, but for a place
 * where readers keep what they derived from it.
 *
 * <p>The schema is everything but the help text. Two descriptors are equal only if they are the
 * same object; {@link #sameSchema} compares.
 */
public final class FamilyDescriptor {
  private final String name;
  private final String givenName;
  private final MetricType type;
  private final String help;
  private final String unit;
  private final List<String> labelNames;
  private final GaugeMode gaugeMode;
  private final double[] bounds;
  private final List<String> states;
  private volatile Object derived;

  private FamilyDescriptor(final Builder builder) {
    this.name = builder.name;
    this.givenName = builder.givenName;
    this.type = builder.type;
    this.help = encodable(builder.help);
    this.unit = builder.unit;
    this.labelNames = List.copyOf(builder.labelNames);
    this.gaugeMode = builder.gaugeMode;
    this.bounds = builder.bounds.clone();
    this.states = builder.states.stream().map(FamilyDescriptor::encodable).toList();
  }

  /** As UTF-8 keeps it, so that a descriptor read back from a file is the same. */
  private static String encodable(final String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /**
   * Starts a descriptor without help, unit, labels, bounds and states, of gauge mode {@code
   * SHARED}.
   *
   * @param type the family's type
   * @param name the full name with the registry's prefix, but without {@code _total} or {@code
   *     _info}; already validated
   * @return a builder
   */
  public static Builder builder(final MetricType type, final String name) {
    return new Builder(type, name);
  }

  /**
   * The family's name: with the registry's prefix, without {@code _total} or {@code _info}.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The name as the application gave it: without the registry's prefix, with {@code _total} or
   * {@code _info} only if they were given. For backends that share their store with other programs;
   * not part of the schema.
   *
   * @return the name; where nobody said otherwise, {@link #name}
   */
  public String givenName() {
    return givenName;
  }

  /**
   * Every name that the family takes: its own, and those that it writes or reserves, with the
   * suffixes of its type. Families overlap if they have one in common.
   *
   * @return the names, the family's own first
   */
  public List<String> claimedNames() {
    return List.of(type.claimedNames(name));
  }

  /**
   * The family's type.
   *
   * @return the type
   */
  public MetricType type() {
    return type;
  }

  /**
   * The help text.
   *
   * @return the text, not escaped; empty if there is none
   */
  public String help() {
    return help;
  }

  /**
   * The unit, which is also the last word of the name.
   *
   * @return the unit, empty if there is none
   */
  public String unit() {
    return unit;
  }

  /**
   * The names of the labels in declared order, without a registry's constant ones.
   *
   * @return an immutable list
   */
  public List<String> labelNames() {
    return labelNames;
  }

  /**
   * How the parts of several processes make one value.
   *
   * @return the mode of a gauge, {@code SHARED} for every other type
   */
  public GaugeMode gaugeMode() {
    return gaugeMode;
  }

  /**
   * The number of finite bucket bounds; there is one bucket more, {@code +Inf}.
   *
   * @return 0 for every type but a histogram
   */
  public int boundCount() {
    return bounds.length;
  }

  /**
   * One finite bucket bound; they strictly increase.
   *
   * @param index from 0
   * @return the inclusive upper bound
   */
  public double bound(final int index) {
    return bounds[index];
  }

  /**
   * The names of a state set's states, in declared order.
   *
   * @return an immutable list, empty for every other type
   */
  public List<String> states() {
    return states;
  }

  /**
   * Whether name, type, unit, label names, gauge mode, bounds and states are the same.
   *
   * @param other another descriptor
   * @return true if only the help texts may differ
   */
  public boolean sameSchema(final FamilyDescriptor other) {
    return name.equals(other.name)
        && type == other.type
        && unit.equals(other.unit)
        && labelNames.equals(other.labelNames)
        && gaugeMode == other.gaugeMode
        && Arrays.equals(bounds, other.bounds)
        && states.equals(other.states);
  }

  /**
   * Whether the two families cannot stand side by side: a name that one of them writes or reserves
   * (its own, or with a suffix of its type) is also one of the other's. A family overlaps with
   * itself.
   *
   * @param other another descriptor
   * @return true if one of the two has to go
   */
  public boolean overlaps(final FamilyDescriptor other) {
    for (final String mine : type.claimedNames(name)) {
      if (other.type.claims(other.name, mine)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a sample of that name belongs to this family.
   *
   * @param sample a sample's or a family's name
   * @return true for the family's name, and for it with any of the suffixes of its type
   */
  public boolean claims(final String sample) {
    return type.claims(name, sample);
  }

  /**
   * What a backend throws where two families cannot stand side by side.
   *
   * @param wanted the family that was to be registered
   * @param existing the one that is there
   * @return the exception, which names both
   */
  public static MetricConflictException conflict(
      final FamilyDescriptor wanted, final FamilyDescriptor existing) {
    return conflict(wanted, existing, "");
  }

  /**
   * As above, where the backend outlives the process, so that the user has to be told of which one
   * it is.
   *
   * @param wanted the family that was to be registered
   * @param existing the one that is there
   * @param where where that is, such as {@code in orders.nx}
   * @return the exception, which names both
   */
  public static MetricConflictException conflict(
      final FamilyDescriptor wanted, final FamilyDescriptor existing, final String where) {
    return new MetricConflictException(
        "cannot register "
            + wanted
            + ": "
            + existing
            + " is already registered"
            + (where.isEmpty() ? "" : " " + where)
            + (wanted.name.equals(existing.name)
                ? ", with another schema"
                : "; their names overlap")
            + "; choose another name, or unregister it first");
  }

  /**
   * What a reader derived from this descriptor, such as prepared text, computed at the first call
   * and then kept for as long as the descriptor lives. There is one such place; a reader that asks
   * for another kind of thing replaces it. Threads that race may compute it twice.
   *
   * @param kind the class of what is derived
   * @param derivation how to derive it
   * @param <T> its type
   * @return the derived thing
   */
  public <T> T derived(final Class<T> kind, final Function<FamilyDescriptor, T> derivation) {
    final Object kept = derived;
    if (kind.isInstance(kept)) {
      return kind.cast(kept);
    }
    final T fresh = derivation.apply(this);
    derived = fresh;
    return fresh;
  }

  /**
   * The schema in words, for messages: {@code counter shop_orders{method,status}}. Long names are
   * shortened.
   */
  @Override
  public String toString() {
    final StringBuilder out = new StringBuilder(type.text()).append(' ').append(Excerpt.of(name));
    if (!labelNames.isEmpty()) {
      out.append('{').append(Excerpt.of(labelNames).replace(", ", ",")).append('}');
    }
    if (!unit.isEmpty()) {
      out.append(" unit ").append(Excerpt.of(unit));
    }
    if (gaugeMode != GaugeMode.SHARED) {
      out.append(" mode ").append(gaugeMode);
    }
    if (bounds.length > 0) {
      out.append(" buckets ").append(Arrays.toString(bounds));
    }
    if (!states.isEmpty()) {
      out.append(" states [").append(Excerpt.of(states)).append(']');
    }
    return out.toString();
  }

  /** Collects the parts of a descriptor; not for use by several threads. */
  public static final class Builder {
    private final MetricType type;
    private final String name;
    private String givenName;
    private String help = "";
    private String unit = "";
    private List<String> labelNames = List.of();
    private GaugeMode gaugeMode = GaugeMode.SHARED;
    private double[] bounds = {};
    private List<String> states = List.of();

    private Builder(final MetricType type, final String name) {
      this.type = Objects.requireNonNull(type, "type");
      this.name = Objects.requireNonNull(name, "name");
      this.givenName = name;
    }

    /**
     * Sets the name as the application gave it.
     *
     * @param text the name
     * @return this
     */
    public Builder givenName(final String text) {
      this.givenName = Objects.requireNonNull(text, "givenName");
      return this;
    }

    /**
     * Sets the help text.
     *
     * @param text the text, not escaped
     * @return this
     */
    public Builder help(final String text) {
      this.help = Objects.requireNonNull(text, "help");
      return this;
    }

    /**
     * Sets the unit.
     *
     * @param text the unit, empty for none
     * @return this
     */
    public Builder unit(final String text) {
      this.unit = Objects.requireNonNull(text, "unit");
      return this;
    }

    /**
     * Sets the label names.
     *
     * @param names the names in declared order, already validated
     * @return this
     */
    public Builder labelNames(final List<String> names) {
      this.labelNames = names;
      return this;
    }

    /**
     * Sets the mode of a gauge.
     *
     * @param mode the mode
     * @return this
     */
    public Builder gaugeMode(final GaugeMode mode) {
      this.gaugeMode = Objects.requireNonNull(mode, "gaugeMode");
      return this;
    }

    /**
     * Sets the finite bounds of a histogram.
     *
     * @param upperBounds strictly increasing, without {@code +Inf}; already validated
     * @return this
     */
    public Builder bounds(final double... upperBounds) {
      this.bounds = upperBounds;
      return this;
    }

    /**
     * Sets the states of a state set.
     *
     * @param names the states in declared order
     * @return this
     */
    public Builder states(final List<String> names) {
      this.states = names;
      return this;
    }

    /**
     * Makes the descriptor.
     *
     * @return the descriptor
     */
    public FamilyDescriptor build() {
      return new FamilyDescriptor(this);
    }
  }
}
