package io.narthex.tools.web;

import java.util.List;

/**
 * What a client has already, as it tells in {@code If-None-Match}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2</a>
 */
final class EntityTags {
  private EntityTags() {}

  /**
   * Whether a tag is among those of a header; weak ones are compared like strong ones.
   *
   * @param values of all headers of that name, or null
   * @param tag with its quotes; without a comma
   */
  static boolean contain(final List<String> values, final String tag) {
    if (values == null) {
      return false;
    }
    for (final String each : String.join(",", values).split(",", -1)) {
      final String listed = each.strip();
      if (listed.equals("*")
          || (listed.startsWith("W/") ? listed.substring(2) : listed).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
