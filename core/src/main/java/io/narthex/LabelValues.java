package io.narthex;

/**
 * Label values by position, as flat as possible: up to four stand in fields, so that comparing them
 * touches one cache line, and more than four in an array. A complete child knows all values; in a
 * partial view the missing ones are null. Immutable, hence safe to be published by a race.
 */
final class LabelValues {
  /** As many labels as can be looked up without garbage. */
  static final int FLAT = 4;

  static final LabelValues NONE = new LabelValues(null, null, null, null);

  private static final int SPREAD = 0x9E3779B1;

  final String a;
  final String b;
  final String c;
  final String d;
  private final String[] more;

  LabelValues(final String a, final String b, final String c, final String d) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.more = null;
  }

  private LabelValues(final String[] more) {
    this.a = null;
    this.b = null;
    this.c = null;
    this.d = null;
    this.more = more;
  }

  /** Keeps {@code values} itself if there are more than four. */
  static LabelValues of(final String[] values) {
    if (values.length > FLAT) {
      return new LabelValues(values);
    }
    return values.length == 0
        ? NONE
        : new LabelValues(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
  }

  private static String at(final String[] values, final int index) {
    return index < values.length ? values[index] : null;
  }

  String get(final int index) {
    if (more != null) {
      return more[index];
    }
    return switch (index) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      default -> d;
    };
  }

  String[] toArray(final int count) {
    final String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] = get(i);
    }
    return values;
  }

  int missing(final int count) {
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += get(i) == null ? 1 : 0;
    }
    return missing;
  }

  boolean matches(final String a1, final String b1, final String c1, final String d1) {
    return same(a, a1) && same(b, b1) && same(c, c1) && same(d, d1) && more == null;
  }

  boolean matches(final LabelValues other) {
    if (more == null) {
      return other.more == null && matches(other.a, other.b, other.c, other.d);
    }
    if (other.more == null || more.length != other.more.length) {
      return false;
    }
    for (int i = 0; i < more.length; i++) {
      if (!same(more[i], other.more[i])) {
        return false;
      }
    }
    return true;
  }

  /** Identity first: callers that pass constants are served without a look at the characters. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(final String x, final String y) {
    return x == y || (x != null && x.equals(y));
  }

  int hash() {
    if (more == null) {
      return hash(a, b, c, d);
    }
    int h = 0;
    for (final String value : more) {
      h = h * SPREAD + hash(value);
    }
    return mixed(h);
  }

  /** The hash of up to four values, the others null. Strings keep theirs, so this costs little. */
  static int hash(final String a, final String b, final String c, final String d) {
    return mixed(((hash(a) * SPREAD + hash(b)) * SPREAD + hash(c)) * SPREAD + hash(d));
  }

  private static int hash(final String value) {
    return value == null ? 0 : value.hashCode();
  }

  /** Brings the high bits down, since the table looks at the low ones. */
  private static int mixed(final int h) {
    return h ^ (h >>> 15);
  }
}
