package io.narthex.tools.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what standard input and output are. */
public final class StandardStream {
  private static final String DUMB = "dumb";

  private StandardStream() {}

  /**
   * Whether standard output is a terminal on which more than lines can be written. {@link
   * System#console} looks at standard input too, and from JDK 22 on says yes anyway.
   *
   * @return false in a pipe, in a file, and where {@code TERM} is {@code dumb}
   */
  public static boolean isOutputTerminal() {
    return !DUMB.equals(System.getenv("TERM")) && isTerminal(1);
  }

  /**
   * Whether standard input is a terminal.
   *
   * @return whether somebody may press keys there
   */
  public static boolean isInputTerminal() {
    return isTerminal(0);
  }

  private static boolean isTerminal(final int descriptor) {
    try {
      final Path stream = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return stream.startsWith("/dev/pts")
          || stream.toString().startsWith("/dev/tty")
          || stream.equals(Path.of("/dev/console"));
    } catch (final IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
