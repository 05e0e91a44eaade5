package io.narthex.stress.damage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Strings that text formats, hash tables and encodings stumble over, all of them different. */
final class NastyStrings {
  private static final String[] PIECES = {
    "\0",
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "\"",
    "\\",
    "\\n",
    "\\\\",
    "\\\"",
    "{",
    "}",
    ",",
    "=",
    "#",
    "# HELP x y",
    "# EOF\n",
    "v=\"x\"",
    "\"} 1\n",
    "\u007f",
    "\u0085",
    "\u00e9",
    "e\u0301",
    "\u200f",
    "\u202e",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
    "\udfff\ud800",
    "\ud83d\ude00",
    "\udbff\udfff",
    "?",
    "+Inf",
    "NaN",
    "null",
    "__overflow__"
  };
  private static final int LONG_LENGTH = 64 << 10;
  private static final int STRINGS_PER_LONG_ONE = 1_000;
  private static final int COLLIDING_PAIRS = 12;

  private final Random random;

  private NastyStrings(final long seed) {
    this.random = new Random(seed);
  }

  /** Makes so many of them, the same ones for the same seed. */
  static List<String> of(final long seed, final int count) {
    final NastyStrings strings = new NastyStrings(seed);
    final Set<String> all = new LinkedHashSet<>(List.of("", " ", "\0"));
    all.addAll(colliding(Math.min(count / 4, 1 << COLLIDING_PAIRS)));
    while (all.size() < count) {
      all.add(all.size() % STRINGS_PER_LONG_ONE == 0 ? strings.longOne() : strings.next());
    }
    return new ArrayList<>(all);
  }

  /** What is left of a string in UTF-8: a surrogate without its pair is a question mark. */
  static String kept(final String string) {
    final StringBuilder kept = new StringBuilder(string.length());
    for (int i = 0; i < string.length(); i++) {
      final char c = string.charAt(i);
      if (!Character.isSurrogate(c)) {
        kept.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < string.length()
          && Character.isLowSurrogate(string.charAt(i + 1))) {
        kept.append(c).append(string.charAt(++i));
      } else {
        kept.append('?');
      }
    }
    return kept.toString();
  }

  /** Strings of one hash code: "Aa" has that of "BB". */
  private static List<String> colliding(final int count) {
    final List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      final StringBuilder string = new StringBuilder();
      for (int pair = 0; pair < COLLIDING_PAIRS; pair++) {
        string.append(((i >> pair) & 1) == 0 ? "Aa" : "BB");
      }
      strings.add(string.toString());
    }
    return strings;
  }

  private String next() {
    return switch (random.nextInt(4)) {
      case 0 -> codePoints(1 + random.nextInt(12));
      case 1 -> characters(1 + random.nextInt(12));
      case 2 -> Integer.toString(random.nextInt());
      default -> pieces(1 + random.nextInt(6));
    };
  }

  private String longOne() {
    final StringBuilder string = new StringBuilder();
    while (string.length() < LONG_LENGTH) {
      string.append(next());
    }
    return string.toString();
  }

  /** Of all of Unicode, but for surrogates. */
  private String codePoints(final int length) {
    final StringBuilder string = new StringBuilder();
    for (int i = 0; i < length; i++) {
      final int point = random.nextInt(Character.MAX_CODE_POINT + 1);
      string.appendCodePoint(
          point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '!' : point);
    }
    return string.toString();
  }

  /** Any of the 16-bit units, in any order. */
  private String characters(final int length) {
    final StringBuilder string = new StringBuilder();
    for (int i = 0; i < length; i++) {
      string.append(
          (char)
              (random.nextInt(3) == 0
                  ? Character.MIN_SURROGATE + random.nextInt(2048)
                  : random.nextInt(1 << 16)));
    }
    return string.toString();
  }

  private String pieces(final int count) {
    final StringBuilder string = new StringBuilder();
    for (int i = 0; i < count; i++) {
      string.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return string.toString();
  }
}
