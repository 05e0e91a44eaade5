package io.narthex.tools.process;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SIGINT, which a shell without job control has what it puts into the background ignore. */
public final class Interrupt {
  private static final String IGNORED = "SigIgn:";

  private Interrupt() {}

  /** Skips the test, and says why, where processes that it starts would ignore the signal. */
  public static void assumeHeard() throws IOException {
    for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(IGNORED)
          && (Long.parseUnsignedLong(line.substring(IGNORED.length()).trim(), 16) & 0b10) != 0) {
        System.out.println("Skipped: SIGINT is ignored here, as in a shell's background");
        abort("SIGINT is ignored here");
      }
    }
  }
}
