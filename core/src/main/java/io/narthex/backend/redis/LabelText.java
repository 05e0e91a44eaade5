package io.narthex.backend.redis;

import io.narthex.backend.LabelSet;
import java.util.ArrayList;
import java.util.List;

/** Reads labels back from the text that a backend shows: {@code name="escaped",other="value"}. */
final class LabelText {
  private LabelText() {}

  static LabelSet parse(final String text) {
    final List<String> names = new ArrayList<>();
    final List<String> values = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      final int equals = text.indexOf("=\"", at);
      names.add(text.substring(at, equals));
      final StringBuilder value = new StringBuilder();
      for (at = equals + 2; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          at++;
          c = text.charAt(at) == 'n' ? '\n' : text.charAt(at);
        }
        value.append(c);
      }
      values.add(value.toString());
      at += 2; // the quote, and the comma if there is one
    }
    return LabelSet.of(names.toArray(new String[0]), values.toArray(new String[0]));
  }
}
