package io.narthex;

import java.util.Arrays;

/**
 * Label values by position, on their way to a metric: up to four in fields, more than four in an
 * array. The missing ones of a partial view are null.
 */
final class LabelValues {
  /** As many labels as can be looked up without garbage. */
  static final int FLAT = 4;

  static final LabelValues NONE = new LabelValues(null, null, null, null);

  private static final int SPREAD = 0x9E3779B1;
  private static final int SPREAD_B = 0xFFE6CC61; // its powers
  private static final int SPREAD_C = 0xCC042811;
  private static final int SPREAD_D = 0x1F76BCC1;

  final String a;
  final String b;
  final String c;
  final String d;
  final String[] more;

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

  /** Whether a child has these values. */
  boolean areThoseOf(final Metric<?> child) {
    if (more == null) {
      return child.isFor(a, b, c, d);
    }
    return child.more != null && Arrays.equals(more, child.more);
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

  /**
   * The hash of up to four values, the others null. Strings keep theirs, so this costs little; the
   * terms do not wait for each other, and those of nulls fold away.
   */
  static int hash(final String a, final String b, final String c, final String d) {
    return mixed(hash(a) * SPREAD + hash(b) * SPREAD_B + hash(c) * SPREAD_C + hash(d) * SPREAD_D);
  }

  private static int hash(final String value) {
    return value == null ? 0 : value.hashCode();
  }

  /** Brings the high bits down, since the table looks at the low ones. */
  private static int mixed(final int h) {
    return h ^ (h >>> 15);
  }
}
