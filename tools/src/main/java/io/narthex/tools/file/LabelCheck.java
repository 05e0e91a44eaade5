package io.narthex.tools.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks label texts: written as exposition formats write them, with all labels of the family. */
final class LabelCheck {
  private final Findings findings;

  LabelCheck(final Findings findings) {
    this.findings = findings;
  }

  void check(final SeriesRecord series) {
    final long at = series.offset() + Layout.SERIES_TEXT;
    final String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(series.text())).toString();
    } catch (final CharacterCodingException e) {
      findings.add(at, "label text", "UTF-8", "other bytes", series);
      return;
    }
    final List<String> names = names(text);
    if (names == null) {
      findings.add(at, "label text", "name=\"value\",…, escaped", Excerpts.of(text), series);
      return;
    }
    final Set<String> once = new HashSet<>(names);
    if (once.size() != names.size()) {
      findings.add(at, "label text", "each label once", Excerpts.of(text), series);
    }
    for (final String name : series.family().descriptor().labelNames()) {
      if (!once.contains(name)) {
        findings.add(at, "label text", "the label " + name, "none", series);
      }
    }
  }

  /** The names in a text; null if it is not well formed. */
  private static List<String> names(final String text) {
    final List<String> names = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      final int equals = text.indexOf('=', at);
      if (equals < 0 || !isName(text, at, equals)) {
        return null;
      }
      names.add(text.substring(at, equals));
      at = endOfValue(text, equals + 1);
      if (at < 0) {
        return null;
      }
      if (at < text.length()) {
        if (text.charAt(at) != ',' || at + 1 == text.length()) {
          return null;
        }
        at++;
      }
    }
    return names;
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

  /** The index behind a quoted value; -1 if there is none. */
  private static int endOfValue(final String text, final int from) {
    if (from >= text.length() || text.charAt(from) != '"') {
      return -1;
    }
    for (int i = from + 1; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\n') {
        return -1;
      }
      if (c == '\\') {
        i++;
        if (i == text.length() || "\\\"n".indexOf(text.charAt(i)) < 0) {
          return -1;
        }
      }
    }
    return -1;
  }
}
