package io.narthex;

import io.narthex.backend.BackendFamily;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One family of one registry: what its views and children share. It stands between the table of
 * children, which applications look up in, and the backend, which is asked on a miss.
 */
final class Family<M extends Metric<M>> {
  final ChildIndex<M> children = new ChildIndex<>();
  final FamilyDescriptor descriptor;

  /** A histogram's finite bounds, shared by its children. */
  final double[] bounds;

  private final BackendFamily backend;
  private final ChildFactory<M> factory;
  private final LabelSet constant;

  /** The constant labels' names, then the declared ones'. */
  private final String[] exportedNames;

  private final String[] names;
  private final Map<List<String>, M> roots = new HashMap<>();

  Family(final BackendFamily backend, final LabelSet constant, final ChildFactory<M> factory) {
    this.backend = backend;
    this.descriptor = backend.descriptor();
    this.constant = constant;
    this.factory = factory;
    this.names = descriptor.labelNames().toArray(new String[0]);
    this.exportedNames = Names.exported(constant, descriptor.labelNames());
    this.bounds = new double[descriptor.boundCount()];
    Arrays.setAll(bounds, descriptor::bound);
  }

  /** The view that a registration returns: one for each choice of defaults. */
  M root(final String[] defaults) {
    synchronized (children) {
      if (names.length == 0) {
        backend.slot(constant); // exported anew if it was removed
        return child(LabelValues.NONE);
      }
      return roots.computeIfAbsent(
          Arrays.asList(defaults), d -> partial(new String[names.length], defaults));
    }
  }

  private M partial(final String[] values, final String[] defaults) {
    final int missing = Collections.frequency(Arrays.asList(values), null);
    return factory.create(this, LabelValues.of(values), new Partial<>(missing, defaults), null);
  }

  int labelCount() {
    return names.length;
  }

  /** A child or a narrower view, for what is known of a partial view or of a complete child. */
  M view(final String[] values, final Partial<M> from) {
    return Arrays.asList(values).contains(null)
        ? partial(values, from.defaults)
        : child(LabelValues.of(values));
  }

  /** The child that a partial view's defaults complete it to. */
  M completed(final String[] all, final Partial<M> partial) {
    final M child = child(completedValues(all, partial));
    if (!child.slot().isOverflow()) {
      partial.child = child;
    }
    return child;
  }

  /** The slot of that child for reading, or null if there is no such series. */
  Slot existing(final String[] all, final Partial<M> partial) {
    return backend.find(labels(completedValues(all, partial)));
  }

  private LabelValues completedValues(final String[] all, final Partial<M> partial) {
    for (int i = 0; i < all.length; i++) {
      if (all[i] == null) {
        all[i] = partial.defaults[i];
      }
    }
    if (Arrays.asList(all).contains(null)) {
      throw unobservable(all);
    }
    return LabelValues.of(all);
  }

  /**
   * Finds or creates the child with these values, all of them known. The backend is asked under the
   * lock, so that a removal comes before or after a creation and never between its two halves.
   */
  M child(final LabelValues values) {
    final int hash = values.hash();
    final M known = children.find(hash, values);
    return known != null ? known : create(hash, values);
  }

  private M create(final int hash, final LabelValues values) {
    synchronized (children) {
      final M known = children.find(hash, values);
      if (known != null) {
        return known;
      }
      final M child = factory.create(this, values, null, backend.slot(labels(values)));
      if (!child.slot().isOverflow()) {
        children.put(child);
      }
      return child;
    }
  }

  /** As {@link #child}, for values as an application gave them. */
  M childOf(final String... values) {
    check(values);
    return child(LabelValues.of(values));
  }

  boolean remove(final String... values) {
    check(values);
    final LabelValues key = LabelValues.of(values);
    synchronized (children) {
      final boolean removed = backend.remove(labels(key));
      children.remove(key.hash(), key);
      return removed;
    }
  }

  void clear() {
    synchronized (children) {
      backend.clear();
      children.clear();
    }
  }

  private LabelSet labels(final LabelValues values) {
    final int fixed = constant.size();
    final String[] all = new String[exportedNames.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < fixed ? constant.value(i) : values.get(i - fixed);
    }
    return LabelSet.of(exportedNames, all);
  }

  private void check(final String[] values) {
    if (values.length != names.length) {
      throw new LabelValidationException(
          this
              + " takes "
              + names.length
              + (names.length == 1 ? " label value" : " label values")
              + (names.length == 0 ? "" : ", of " + String.join(", ", names) + " in this order")
              + ", but was given "
              + '['
              + Excerpt.of(Arrays.asList(values))
              + ']');
    }
    for (int i = 0; i < values.length; i++) {
      requireValue(i, values[i]);
    }
  }

  void requireValue(final int position, final String value) {
    if (value == null) {
      throw new LabelValidationException(
          this + ": the value of label " + names[position] + " is null; give it any string");
    }
  }

  /** The position of a label; callers mostly pass the constant with which they declared it. */
  @SuppressWarnings("ReferenceEquality")
  int position(final String name) {
    final String[] all = names;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == name) {
        return i;
      }
    }
    return positionOfEqual(name);
  }

  private int positionOfEqual(final String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    throw new LabelValidationException(
        this
            + " has no label "
            + Excerpt.of(name)
            + (names.length == 0
                ? "; it has none"
                : "; allowed: " + Excerpt.of(descriptor.labelNames())));
  }

  private UnobservableMetricException unobservable(final String[] values) {
    final StringBuilder missing = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        missing.append(missing.isEmpty() ? "" : ", ").append(names[i]);
      }
    }
    return new UnobservableMetricException(
        this + " cannot be observed yet: no value and no default for label " + missing);
  }

  String describe(final String[] values) {
    final StringBuilder known = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      if (values[i] != null) {
        known.append(known.isEmpty() ? "{" : ",").append(names[i]).append("=\"");
        known.append(Excerpt.of(values[i])).append('"');
      }
    }
    return this + (known.isEmpty() ? "" : known.append('}').toString());
  }

  String name() {
    return descriptor.name() + descriptor.type().nameSuffix();
  }

  boolean isOf(final BackendFamily other) {
    return descriptor == other.descriptor();
  }

  @Override
  public String toString() {
    return descriptor.type().text() + ' ' + Excerpt.of(name());
  }
}
