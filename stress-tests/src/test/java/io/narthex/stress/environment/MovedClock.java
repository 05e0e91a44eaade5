package io.narthex.stress.environment;

import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A wall clock that a test sets for one process while it runs, by a library that is compiled for it
 * and preloaded. The clock of the machine stays as it is.
 */
final class MovedClock {
  private static final String SOURCE = "clock.c";

  private final Path library;
  private final Path offset;

  private MovedClock(final Path library, final Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /** Compiles the library. Where there is no compiler the test is skipped, and says so. */
  static MovedClock on(final Stage stage) throws IOException, InterruptedException {
    final Path source = stage.path(SOURCE);
    try (InputStream in = MovedClock.class.getResourceAsStream(SOURCE)) {
      Files.copy(in, source);
    }
    final MovedClock clock = new MovedClock(stage.path("clock.so"), stage.path("clock-offset"));
    clock.set(0);
    final String[] compiler = {
      "cc", "-shared", "-fPIC", "-O1", "-o", clock.library.toString(), source.toString()
    };
    try {
      if (new ProcessBuilder(compiler).inheritIO().start().waitFor() == 0) {
        return clock;
      }
    } catch (final IOException e) {
      System.out.println(e.getMessage());
    }
    throw Skip.because("no clock can be moved here (" + String.join(" ", compiler) + ")");
  }

  /** The command to put before a JVM whose clock it is to be. */
  String[] command() {
    return new String[] {"env", "LD_PRELOAD=" + library, "CLOCK_OFFSET=" + offset};
  }

  /** Sets the clock to so many seconds from the machine's. */
  void set(final long seconds) throws IOException {
    try (FileChannel channel =
        FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
      channel.write(bytes.putLong(seconds).flip(), 0);
    }
  }
}
