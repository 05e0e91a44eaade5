package io.narthex.tools.web;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Compression of what is sent, for those who take it. */
final class Gzip {
  /** A quality over 0. */
  private static final Pattern TAKEN = Pattern.compile("1(\\.0*)?|0\\.[0-9]*[1-9][0-9]*");

  private Gzip() {}

  /** Whether a request asks for it: it names it, or anything, and with a quality over 0. */
  static boolean isAccepted(final Headers request) {
    final List<String> values = request.get("Accept-Encoding");
    if (values == null) {
      return false;
    }
    boolean any = false;
    for (final String choice : String.join(",", values).toLowerCase(Locale.ROOT).split(",", -1)) {
      final String[] parts = choice.split(";", -1);
      final String coding = parts[0].strip();
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return isTaken(parts);
      }
      any |= coding.equals("*") && isTaken(parts);
    }
    return any;
  }

  private static boolean isTaken(final String... parts) {
    for (int i = 1; i < parts.length; i++) {
      final String parameter = parts[i].strip();
      if (parameter.startsWith("q=") && !TAKEN.matcher(parameter.substring(2)).matches()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Compresses.
   *
   * @param level as {@link java.util.zip.Deflater} has them
   */
  static byte[] zip(final byte[] bytes, final int level) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (OutputStream zipped = new Levelled(out, level)) {
      zipped.write(bytes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e); // never: it is in memory
    }
    return out.toByteArray();
  }

  private static final class Levelled extends GZIPOutputStream {
    Levelled(final OutputStream out, final int level) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(level);
    }
  }
}
