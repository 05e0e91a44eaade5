package io.narthex.tools.demo;

import io.narthex.tools.text.StandardStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Finds out what standard output is. */
final class Terminal {
  private static final int DEFAULT_HEIGHT = 24;

  /** The table's head, foot and margins, and a few notes. */
  private static final int OTHER_LINES = 8;

  private Terminal() {}

  /** The display that suits standard output, to which {@code out} is to lead. */
  static Display display(final PrintWriter out) {
    if (!StandardStream.isOutputTerminal()) {
      return new PlainDisplay(out);
    }
    final boolean colours = System.getenv("NO_COLOR") == null;
    return new TerminalDisplay(out, new Table(height() - OTHER_LINES, colours));
  }

  private static int height() {
    try {
      final Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      final String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
      if (stty.waitFor(1, TimeUnit.SECONDS) && size.matches("[1-9]\\d* \\d+")) {
        return Integer.parseInt(size.substring(0, size.indexOf(' ')));
      }
    } catch (final IOException e) {
      // No stty, or no terminal of this process's own.
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DEFAULT_HEIGHT;
  }
}
