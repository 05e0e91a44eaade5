package io.narthex.backend;

/**
 * A value that came from outside, with the words by which messages say from where.
 *
 * @param value the value
 * @param source its source, such as {@code environment variable NARTHEX_BACKEND_CLASS}
 */
record Setting(String value, String source) {
  /** A system property, else an environment variable, else null; blank ones count as not set. */
  static Setting find(final String property, final String variable) {
    final String fromProperty = System.getProperty(property);
    if (fromProperty != null && !fromProperty.isBlank()) {
      return new Setting(fromProperty.strip(), "system property " + property);
    }
    final String fromVariable = System.getenv(variable);
    return fromVariable == null || fromVariable.isBlank()
        ? null
        : new Setting(fromVariable.strip(), "environment variable " + variable);
  }

  /** For messages: the value, long ones shortened, and where it came from. */
  @Override
  public String toString() {
    return '"' + Excerpt.of(value) + "\" (" + source + ')';
  }
}
