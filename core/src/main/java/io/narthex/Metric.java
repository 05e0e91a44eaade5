package io.narthex;

import io.narthex.backend.Excerpt;
import io.narthex.backend.Slot;
import java.util.Arrays;
import java.util.Map;

/**
 * What all metrics share. One type serves as the family, as a partial view that knows some labels,
 * and as a complete child that knows all of them and can be observed.
 *
 * <p>A child is identified by the full set of its label values, however they were given. It is
 * created and exported as soon as all of them are given explicitly; a view that only defaults
 * complete becomes a child at its first update, so that views may be narrowed further without
 * leaving series behind. All views and children may be kept and shared between threads.
 *
 * @param <M> the metric's own type
 */
public abstract sealed class Metric<M extends Metric<M>>
    permits Counter, Gauge, Histogram, Summary, Info, StateSet {
  // A child is its own entry in the index, and points straight at its slot: the values by which it
  // is
  // found stand in its own fields, in one cache line; 48 bytes with compressed pointers.
  final int hash;
  final Family<M> family;
  final String a;
  final String b;
  final String c;
  final String d;

  /** All values where there are more than four; the fields above are null then. */
  final String[] more;

  /** Null in a complete child. */
  private final Partial<M> partial;

  Metric(final Family<M> family, final LabelValues values, final Partial<M> partial) {
    this.family = family;
    this.a = values.a;
    this.b = values.b;
    this.c = values.c;
    this.d = values.d;
    this.more = values.more;
    this.partial = partial;
    this.hash = partial == null ? values.hash() : 0;
  }

  /** Null in a partial view. */
  abstract Slot slot();

  @SuppressWarnings("unchecked")
  private M self() {
    return (M) this;
  }

  /** This child, or the one that defaults complete this view to. */
  final M observable() {
    if (partial == null) {
      return self();
    }
    final M child = partial.child;
    return child != null ? child : family.completed(valuesByPosition(), partial);
  }

  /** The slot of {@link #observable} for reading, or null if there is no such series as yet. */
  final Slot readable() {
    if (partial == null) {
      return slot();
    }
    final M child = partial.child;
    return child != null ? child.slot() : family.existing(valuesByPosition(), partial);
  }

  final boolean isFor(final String a1, final String b1, final String c1, final String d1) {
    return same(a, a1) && same(b, b1) && same(c, c1) && same(d, d1) && more == null;
  }

  /** Identity first: callers that pass constants are served without a look at the characters. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(final String x, final String y) {
    return x == y || (x != null && x.equals(y));
  }

  private String value(final int position) {
    if (more != null) {
      return more[position];
    }
    return switch (position) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      default -> d;
    };
  }

  /** A copy, null where a value is missing. */
  final String[] valuesByPosition() {
    final String[] all = new String[family.labelCount()];
    for (int i = 0; i < all.length; i++) {
      all[i] = value(i);
    }
    return all;
  }

  /**
   * The name under which the metric is exported.
   *
   * @return the full name, with the registry's prefix and with {@code _total} or {@code _info}
   *     where the type has such a suffix
   */
  public final String name() {
    return family.name();
  }

  /**
   * This view with one more label, or with another value of one.
   *
   * @param name a declared label's name
   * @param value its value
   * @return this view if that changes nothing, else a narrower view, or the child if it completes
   *     one
   * @throws LabelValidationException if there is no such label, or the value is null
   */
  public final M labels(final String name, final String value) {
    final int at = family.position(name);
    final String before = value(at);
    if (value == null || value.equals(before)) {
      family.requireValue(at, value);
      return self();
    }
    if (more == null && (partial == null || partial.isLast(before))) {
      return flatChild(
          at == 0 ? value : a, at == 1 ? value : b, at == 2 ? value : c, at == 3 ? value : d);
    }
    final String[] all = valuesByPosition();
    all[at] = value;
    return family.view(all, partial);
  }

  private M flatChild(final String a1, final String b1, final String c1, final String d1) {
    final M child = family.children.find(LabelValues.hash(a1, b1, c1, d1), a1, b1, c1, d1);
    return child != null ? child : family.child(new LabelValues(a1, b1, c1, d1));
  }

  /**
   * This view with more labels, or with other values of some; of a name given twice the last
   * counts.
   *
   * @param namesAndValues names and values by turns
   * @return this view if that changes nothing, else a narrower view, or the child if it completes
   *     one
   * @throws LabelValidationException if there is no such label, or a value is null or missing
   */
  public final M labels(final String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new LabelValidationException(
          family
              + ": labels are given as names and values by turns, but "
              + Excerpt.of(Arrays.asList(namesAndValues))
              + " ends without a value");
    }
    final String[] all = valuesByPosition();
    boolean changed = false;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      changed |= put(all, namesAndValues[i], namesAndValues[i + 1]);
    }
    return changed ? family.view(all, partial) : self();
  }

  /**
   * This view with more labels, or with other values of some.
   *
   * @param labels values by label name
   * @return this view if that changes nothing, else a narrower view, or the child if it completes
   *     one
   * @throws LabelValidationException if there is no such label, or a value is null
   */
  public final M labels(final Map<String, String> labels) {
    final String[] all = valuesByPosition();
    boolean changed = false;
    for (final Map.Entry<String, String> label : labels.entrySet()) {
      changed |= put(all, label.getKey(), label.getValue());
    }
    return changed ? family.view(all, partial) : self();
  }

  private boolean put(final String[] all, final String name, final String value) {
    final int at = family.position(name);
    family.requireValue(at, value);
    final boolean changed = !value.equals(all[at]);
    all[at] = value;
    return changed;
  }

  /**
   * The child of a metric with one label.
   *
   * @param first the label's value
   * @return the child, created if need be
   * @throws LabelValidationException if the metric has not one label, or the value is null
   */
  public final M labelValues(final String first) {
    if (first == null) {
      return family.childOf(first); // a missing value would match the child that has no such label
    }
    final M child =
        family.children.find(LabelValues.hash(first, null, null, null), first, null, null, null);
    return child != null ? child : family.childOf(first);
  }

  /**
   * The child of a metric with two labels.
   *
   * @param first the value of the label declared first
   * @param second the value of the second
   * @return the child, created if need be
   * @throws LabelValidationException if the metric has not two labels, or a value is null
   */
  public final M labelValues(final String first, final String second) {
    if (second == null) {
      return family.childOf(first, second);
    }
    final M child =
        family.children.find(
            LabelValues.hash(first, second, null, null), first, second, null, null);
    return child != null ? child : family.childOf(first, second);
  }

  /**
   * The child of a metric with three labels.
   *
   * @param first the value of the label declared first
   * @param second the value of the second
   * @param third the value of the third
   * @return the child, created if need be
   * @throws LabelValidationException if the metric has not three labels, or a value is null
   */
  public final M labelValues(final String first, final String second, final String third) {
    if (third == null) {
      return family.childOf(first, second, third);
    }
    final M child =
        family.children.find(
            LabelValues.hash(first, second, third, null), first, second, third, null);
    return child != null ? child : family.childOf(first, second, third);
  }

  /**
   * The child of a metric with four labels.
   *
   * @param first the value of the label declared first
   * @param second the value of the second
   * @param third the value of the third
   * @param fourth the value of the fourth
   * @return the child, created if need be
   * @throws LabelValidationException if the metric has not four labels, or a value is null
   */
  public final M labelValues(
      final String first, final String second, final String third, final String fourth) {
    if (fourth == null) {
      return family.childOf(first, second, third, fourth);
    }
    final M child =
        family.children.find(
            LabelValues.hash(first, second, third, fourth), first, second, third, fourth);
    return child != null ? child : family.childOf(first, second, third, fourth);
  }

  /**
   * The child with these values, whatever this view knows.
   *
   * @param all the values of all labels, in declared order
   * @return the child, created if need be
   * @throws LabelValidationException if there are more or fewer labels, or a value is null
   */
  public final M labelValues(final String... all) {
    return family.childOf(all.clone());
  }

  /**
   * Removes one child, for all processes. The next update through any handle, or the next look-up
   * here, brings it back from zero.
   *
   * @param all the values of all labels, in declared order
   * @return whether there was such a child and it is gone; a mapped file that has no room to note
   *     the removal keeps it, and the log says so
   * @throws LabelValidationException if there are more or fewer labels, or a value is null
   */
  public final boolean remove(final String... all) {
    return family.remove(all.clone());
  }

  /** Removes all children, for all processes, as {@link #remove} does. */
  public final void clear() {
    family.clear();
  }

  /** The type, the name and the labels that are known: {@code counter jobs_total{queue="mail"}}. */
  @Override
  public final String toString() {
    return family.describe(valuesByPosition());
  }
}
