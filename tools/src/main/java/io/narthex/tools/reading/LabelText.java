package io.narthex.tools.reading;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Labels as exposition formats write them: {@code method="GET",path="\"\\"}. What is not written so
 * is read as far as it goes; nothing is thrown for it.
 */
public final class LabelText {
  private final String text;
  private int at;

  private LabelText(final String text) {
    this.text = text;
  }

  /**
   * Takes a text apart.
   *
   * @param text without braces
   * @return values by name, in the order of the text and not escaped
   */
  public static Map<String, String> parse(final String text) {
    final Map<String, String> labels = new LinkedHashMap<>();
    final LabelText reader = new LabelText(text);
    while (reader.at < text.length()) {
      final String name = reader.name();
      labels.put(name, reader.value());
    }
    return labels;
  }

  /**
   * Writes one label.
   *
   * @param name its name
   * @param value its value, not escaped
   * @return such as {@code method="GET"}
   */
  public static String of(final String name, final String value) {
    final StringBuilder out = new StringBuilder(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      final char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private String name() {
    if (text.charAt(at) == ',') {
      at++;
    }
    final int equals = text.indexOf('=', at);
    final int end = equals < 0 ? text.length() : equals;
    final String name = text.substring(at, end);
    at = Math.min(text.length(), end + 2);
    return name;
  }

  private String value() {
    final StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      final char c = text.charAt(at);
      at++;
      if (c == '"') {
        break;
      }
      if (c != '\\' || at == text.length()) {
        value.append(c);
        continue;
      }
      final char escaped = text.charAt(at);
      at++;
      value.append(escaped == 'n' ? '\n' : escaped);
    }
    return value.toString();
  }
}
