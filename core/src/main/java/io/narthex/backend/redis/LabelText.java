package io.narthex.backend.redis;

import io.narthex.backend.LabelSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads labels back from the text that a backend shows: {@code name="escaped",other="value"}. */
final class LabelText {
  private LabelText() {}

  /** Whether it is such a text, so that a page can show it; other programs may write anything. */
  static boolean isSound(final String text) {
    final Set<String> names = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      final int equals = text.indexOf("=\"", at);
      if (equals < 0 || !isName(text, at, equals) || !names.add(text.substring(at, equals))) {
        return false;
      }
      final int quote = closingQuote(text, equals + 2);
      if (quote == text.length() - 1) {
        return true;
      }
      if (quote < 0 || text.charAt(quote + 1) != ',') {
        return false;
      }
      at = quote + 2;
    }
    return text.isEmpty();
  }

  private static boolean isName(final String text, final int from, final int to) {
    for (int i = from; i < to; i++) {
      final char c = text.charAt(i);
      final boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == from || c < '0' || c > '9')) {
        return false;
      }
    }
    return from < to;
  }

  /** Where a value ends, or -1 if it does not, or is not escaped. */
  private static int closingQuote(final String text, final int from) {
    for (int i = from; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> {
          return i;
        }
        case '\n' -> {
          return -1;
        }
        case '\\' -> {
          i++;
          if (i == text.length() || "\\\"n".indexOf(text.charAt(i)) < 0) {
            return -1;
          }
        }
        default -> {
          // as it is
        }
      }
    }
    return -1;
  }

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
