package io.narthex.tools.text;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for programs: JSON, CSV and exposition text are UTF-8 whatever the locale is. In
 * the locale's charset, in which people read tables, {@code ü} becomes {@code ?} under {@code
 * LC_ALL=C} on JDK 17.
 */
public final class Utf8Output {
  private Utf8Output() {}

  /**
   * Standard output in the locale's charset, as picocli's writer; unlike picocli's own it tells by
   * {@link PrintWriter#checkError} when nobody reads any more.
   *
   * @return a writer that {@link #of} knows; never to be closed
   */
  public static PrintWriter standard() {
    return new Standard();
  }

  /**
   * The same output in UTF-8. Another writer than {@link #standard} has its own charset, or none,
   * and is returned as it is: a test's, or that of a program that runs a command inside it.
   *
   * <p>The caller has to flush what is returned, which {@link PrintWriter#checkError} does too; an
   * error in it is one of {@code out} as well.
   *
   * @param out picocli's writer, which is flushed
   * @return a writer to the same place; never to be closed
   */
  public static PrintWriter of(final PrintWriter out) {
    out.flush();
    return out instanceof Standard
        ? new PrintWriter(System.out, false, StandardCharsets.UTF_8)
        : out;
  }

  private static final class Standard extends PrintWriter {
    Standard() {
      super(System.out, true, Charset.defaultCharset());
    }
  }
}
