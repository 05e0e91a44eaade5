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
   * Whether a tag is among those of a header, or the header says that any is; weak ones are
   * compared like strong ones.
   *
   * @param values of all headers of that name, or null
   * @param tag with its quotes; without a comma
   */
  static boolean contain(final List<String> values, final String tag) {
    if (values == null) {
      return false;
    }
    final String all = String.join(",", values).strip();
    if (all.equals("*")) {
      return true;
    }
    for (final String each : all.split(",", -1)) {
      final String listed = each.strip();
      if ((listed.startsWith("W/") ? listed.substring(2) : listed).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
