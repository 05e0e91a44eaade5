package io.narthex.backend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The label names and values of one series, in the order in which they are exported: the identity
 * of a series within its family. Immutable.
 *
 * <p>Two sets are equal if their texts are; the escaping of the text keeps different values apart.
 */
public final class LabelSet {
  /** The labels of a series that has none. */
  public static final LabelSet EMPTY = new LabelSet(new String[0], new String[0]);

  private final String[] names;
  private final String[] values;
  private final byte[] text;

  private LabelSet(final String[] names, final String[] values) {
    this.names = names;
    this.values = values;
    this.text = text(names, values);
  }

  /**
   * Makes a set of labels.
   *
   * @param names the label names, already validated
   * @param values as many values, none of them null; a surrogate without its pair is kept as {@code
   *     ?}
   * @return the set
   */
  public static LabelSet of(final String[] names, final String[] values) {
    if (names.length != values.length) {
      throw new IllegalArgumentException(
          names.length + " label names but " + values.length + " values");
    }
    return names.length == 0 ? EMPTY : new LabelSet(names.clone(), values.clone());
  }

  /**
   * The number of labels.
   *
   * @return 0 or more
   */
  public int size() {
    return names.length;
  }

  /**
   * One label's name.
   *
   * @param index from 0
   * @return the name
   */
  public String name(final int index) {
    return names[index];
  }

  /**
   * One label's value.
   *
   * @param index from 0
   * @return the value, not escaped
   */
  public String value(final int index) {
    return values[index];
  }

  /**
   * The label text in UTF-8, as {@link Series#copyLabels} describes it.
   *
   * @return a copy that is the caller's own
   */
  public byte[] text() {
    return text.clone();
  }

  /**
   * The length of {@link #text}.
   *
   * @return bytes
   */
  public int textLength() {
    return text.length;
  }

  /**
   * Copies {@link #text} without making garbage.
   *
   * @param target where to
   * @param at the index of the first byte in it
   */
  public void copyText(final byte[] target, final int at) {
    System.arraycopy(text, 0, target, at, text.length);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof LabelSet set && Arrays.equals(text, set.text);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(text);
  }

  /** For messages, long values shortened. */
  @Override
  public String toString() {
    final String[] shown = new String[values.length];
    Arrays.setAll(shown, i -> Excerpt.of(values[i]));
    return '{' + new String(text(names, shown), StandardCharsets.UTF_8) + '}';
  }

  private static byte[] text(final String[] names, final String[] values) {
    int length = names.length * "=\"\",".length();
    for (int i = 0; i < names.length; i++) {
      length += names[i].length() + values[i].length();
    }
    final byte[] text = new byte[Math.max(0, length - 1)]; // no comma after the last one
    int end = 0;
    for (int i = 0; i < names.length; i++) {
      if (i > 0) {
        text[end++] = ',';
      }
      if (!copyPlain(names[i], text, end)) {
        return escaped(names, values);
      }
      end += names[i].length();
      text[end++] = '=';
      text[end++] = '"';
      if (!copyPlain(values[i], text, end)) {
        return escaped(names, values);
      }
      end += values[i].length();
      text[end++] = '"';
    }
    return text;
  }

  /**
   * Copies ASCII that needs no escaping, as nearly all labels are; false if it is anything else.
   */
  private static boolean copyPlain(final String from, final byte[] target, final int at) {
    for (int i = 0; i < from.length(); i++) {
      final char c = from.charAt(i);
      if (c >= 0x80 || c == '\\' || c == '"' || c == '\n') {
        return false;
      }
      target[at + i] = (byte) c;
    }
    return true;
  }

  private static byte[] escaped(final String[] names, final String[] values) {
    final StringBuilder out = new StringBuilder(names.length * 24);
    for (int i = 0; i < names.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(names[i]).append("=\"");
      appendEscaped(out, values[i]);
      out.append('"');
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Both text formats escape the same three characters in a label value. */
  private static void appendEscaped(final StringBuilder out, final String value) {
    for (int i = 0; i < value.length(); i++) {
      final char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
  }
}
