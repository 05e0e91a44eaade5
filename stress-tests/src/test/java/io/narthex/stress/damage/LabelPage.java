package io.narthex.stress.damage;

import io.narthex.MetricRegistry;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A page read back character by character, as the text format is described, with the labels' values
 * as they were before they were escaped.
 */
final class LabelPage {
  private final String text;
  private int at;

  private LabelPage(final String text) {
    this.text = text;
  }

  /** The values of all samples of a name, by their labels. */
  static Map<Map<String, String>, Double> of(
      final MetricRegistry registry, final TextFormat format, final String sample) {
    final LabelPage page = new LabelPage(text(registry, format));
    final Map<Map<String, String>, Double> samples = new HashMap<>();
    while (page.at < page.text.length()) {
      if (page.text.startsWith(sample, page.at)
          && "{ ".indexOf(page.text.charAt(page.at + sample.length())) >= 0) {
        page.at += sample.length();
        final Map<String, String> labels = page.labels();
        if (samples.put(labels, page.number()) != null) {
          throw page.wrong("these labels come twice");
        }
      } else {
        page.skipLine();
      }
    }
    return samples;
  }

  /** The help text of a metric; null if there is none. */
  static String help(final MetricRegistry registry, final String family) {
    final String text = text(registry, TextFormat.PROMETHEUS);
    final String begin = "# HELP " + family + ' ';
    final int line = text.startsWith(begin) ? 0 : text.indexOf('\n' + begin) + 1;
    if (!text.startsWith(begin, line)) {
      return null;
    }
    final StringBuilder help = new StringBuilder();
    for (int i = line + begin.length(); text.charAt(i) != '\n'; i++) {
      final char c = text.charAt(i);
      if (c == '\\') {
        i++;
        help.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
      } else {
        help.append(c);
      }
    }
    return help.toString();
  }

  private static String text(final MetricRegistry registry, final TextFormat format) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      format.write(registry, out);
      // Fails where the page is no UTF-8, unlike new String.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (final CharacterCodingException e) {
      throw new AssertionError("the page is no UTF-8", e);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void skipLine() {
    final int end = text.indexOf('\n', at);
    if (end < 0) {
      throw wrong("the page ends within a line");
    }
    at = end + 1;
  }

  private Map<String, String> labels() {
    final Map<String, String> labels = new LinkedHashMap<>();
    if (text.charAt(at) != '{') {
      return labels;
    }
    do {
      at++;
      final int equals = text.indexOf('=', at);
      final String name = text.substring(at, equals);
      at = equals + 1;
      if (labels.put(name, value()) != null) {
        throw wrong("a label comes twice");
      }
    } while (text.charAt(at) == ',');
    if (text.charAt(at) != '}') {
      throw wrong("the labels do not end");
    }
    at++;
    return labels;
  }

  private String value() {
    if (text.charAt(at) != '"') {
      throw wrong("a value without quotes");
    }
    final StringBuilder value = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        throw wrong("a line ends within a value");
      }
      if (c == '\\') {
        at++;
        c =
            switch (text.charAt(at)) {
              case 'n' -> '\n';
              case '"' -> '"';
              case '\\' -> '\\';
              default -> throw wrong("an escape that is none");
            };
      }
      value.append(c);
    }
    at++;
    return value.toString();
  }

  private double number() {
    if (text.charAt(at) != ' ') {
      throw wrong("no space before the number");
    }
    final int end = text.indexOf('\n', at);
    final double number = Double.parseDouble(text.substring(at + 1, end));
    at = end + 1;
    return number;
  }

  private AssertionError wrong(final String what) {
    return new AssertionError(
        what + ": " + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80)));
  }
}
