package io.narthex.backend.redis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Texts as Python writes them: {@code json.dumps} of labels, {@code str} of numbers. */
final class PythonText {
  /** From where on Python writes a float with an exponent. */
  static final double LARGE = 1e16;

  /** Larger powers of ten are no doubles, so that another int may have been written. */
  private static final double LARGEST_CERTAIN = 1e22;

  private static final double SMALL = 1e-4;
  private static final int DIGITS = 17;

  /** Beside a power of two the next double is nearer on one side: there the farther one may do. */
  private static final RoundingMode[] NEAREST_FIRST = {
    RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP
  };

  private PythonText() {}

  /** Labels in the form of {@code json.dumps}: a space after comma and colon, ASCII alone. */
  static String json(final Map<String, String> labels) {
    final StringBuilder out = new StringBuilder("{");
    labels.forEach(
        (name, value) -> {
          out.append(out.length() == 1 ? "" : ", ");
          quote(out, name);
          out.append(": ");
          quote(out, value);
        });
    return out.append('}').toString();
  }

  private static void quote(final StringBuilder out, final String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || c > '~') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * Labels in whichever form somebody wrote them.
   *
   * @return the labels, or null if it is no object of labels
   */
  static Map<String, String> labels(final String json) {
    try {
      final JsonObject object = JsonParser.parseString(json).getAsJsonObject();
      final Map<String, String> labels = new LinkedHashMap<>();
      for (final Map.Entry<String, JsonElement> label : object.entrySet()) {
        labels.put(label.getKey(), label.getValue().getAsJsonPrimitive().getAsString());
      }
      return labels;
    } catch (final RuntimeException e) {
      return null;
    }
  }

  /** A float: {@code 1.0}, {@code 0.005}, {@code 1e-05}, {@code 1e+16}. */
  static String number(final double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    final BigDecimal decimal = shortest(value);
    final double size = Math.abs(value);
    if (size >= SMALL && size < LARGE) {
      final String plain = decimal.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    final String digits = decimal.unscaledValue().abs().toString();
    final int exponent = decimal.precision() - decimal.scale() - 1;
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /**
   * The fewest digits that mean the number and, of these, the nearest to it; {@code
   * Double.toString} gives more on old JDKs.
   */
  private static BigDecimal shortest(final double value) {
    final BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < DIGITS; digits++) {
      for (final RoundingMode mode : NEAREST_FIRST) {
        final BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == value) {
          return rounded.stripTrailingZeros();
        }
      }
    }
    return exact.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /** An int, where the number is one: {@code 1}. */
  static String wholeNumber(final double value) {
    return new BigDecimal(value).toPlainString();
  }

  /** Whether an int may have been meant, and which one is certain. */
  static boolean isWhole(final double value) {
    return value == Math.rint(value) && Math.abs(value) <= LARGEST_CERTAIN;
  }
}
