package io.narthex.backend;

/** The kinds of metric families, and the sample-name suffixes that each of them claims. */
public enum MetricType {
  /** A value that only grows; exposed as {@code name_total}. */
  COUNTER("counter", "_total", "_created"),
  /** A value that goes up and down; exposed as {@code name}. */
  GAUGE("gauge"),
  /** Observations counted into buckets, with their sum. */
  HISTOGRAM("histogram", "_bucket", "_sum", "_count", "_created"),
  /** The sum and the number of observations. */
  SUMMARY("summary", "_sum", "_count", "_created"),
  /** A constant 1 that carries its information in labels; exposed as {@code name_info}. */
  INFO("info", "_info"),
  /** A set of named states, one series each, of which one is true; exposed as {@code name}. */
  STATESET("stateset");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it, and it is not handed out
  private final String[] suffixes;

  MetricType(final String text, final String... suffixes) {
    this.text = text;
    this.suffixes = suffixes;
  }

  /**
   * The type as OpenMetrics writes it.
   *
   * @return the lower-case name, such as {@code counter}
   */
  public String text() {
    return text;
  }

  /**
   * The suffix that belongs to the sample and not to the family: a family's name is kept without
   * it.
   *
   * @return {@code _total} for counters, {@code _info} for info, else the empty string
   */
  public String nameSuffix() {
    return this == COUNTER || this == INFO ? suffixes[0] : "";
  }

  /**
   * Whether {@code sample} is a name that a family of this type and of the given name writes or
   * reserves: the family's name itself, or that name with one of the type's suffixes.
   */
  boolean claims(final String family, final String sample) {
    if (!sample.startsWith(family)) {
      return false;
    }
    final String rest = sample.substring(family.length());
    if (rest.isEmpty()) {
      return true;
    }
    for (final String suffix : suffixes) {
      if (suffix.equals(rest)) {
        return true;
      }
    }
    return false;
  }

  /** All names that a family of this type claims, its own name first. */
  String[] claimedNames(final String family) {
    final String[] names = new String[suffixes.length + 1];
    names[0] = family;
    for (int i = 0; i < suffixes.length; i++) {
      names[i + 1] = family + suffixes[i];
    }
    return names;
  }
}
