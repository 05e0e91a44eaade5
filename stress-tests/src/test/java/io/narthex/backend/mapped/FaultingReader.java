package io.narthex.backend.mapped;

import io.narthex.stress.harness.ChildMain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.ToLongFunction;

/**
 * Reads where a file has been truncated, in compiled code, and asks each time for what the JVM has
 * noted of it. Tells how often it was told in time, and how often not at all or too late.
 *
 * <p>Arguments: a path for the file, how to read, how often before it is truncated, and how often
 * afterwards.
 */
public final class FaultingReader {
  private static final int BYTES = 1 << 16;

  /** How the engine reads. */
  enum Way {
    LONG,
    VOLATILE,
    BYTES
  }

  private final Mapping mapped;
  private final ToLongFunction<Mapping> read;
  private long sum;
  private int attempts;
  private int told;
  private int late;

  private FaultingReader(final ByteBuffer mapped, final Way way) {
    this.mapped = new Mapping(mapped, 0);
    this.read = reading(way);
  }

  private static ToLongFunction<Mapping> reading(final Way way) {
    return switch (way) {
      case LONG -> from -> Memory.ACCESS.getLong(from.buffer, from.position(Long.BYTES));
      case VOLATILE -> from -> Memory.ACCESS.getLongVolatile(from.buffer, from.position(0));
      case BYTES ->
          from -> {
            final byte[] bytes = new byte[100];
            Memory.ACCESS.getBytes(from.buffer, from.position(0), bytes, 0, bytes.length);
            return bytes[0];
          };
    };
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of(arguments[0]),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(BYTES));
      final FaultingReader reader =
          new FaultingReader(
              channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES), Way.valueOf(arguments[1]));
      reader.readOften(Integer.parseInt(arguments[2]));
      channel.truncate(0);
      reader.attempts = 0;
      reader.outlast(Integer.parseInt(arguments[3]));
      ChildMain.say(
          "told: "
              + reader.told
              + " of "
              + reader.attempts
              + ", late "
              + reader.late
              + "; read "
              + reader.sum);
    }
  }

  /** An error that comes late may come anywhere, here at the latest. */
  private void outlast(final int times) {
    while (attempts < times) {
      try {
        readOften(times);
      } catch (final InternalError e) {
        late++;
      }
    }
  }

  private void readOften(final int times) {
    while (attempts < times) {
      attempts++;
      attempt();
    }
  }

  private void attempt() {
    try {
      sum += read.applyAsLong(mapped);
      PendingFault.tell();
    } catch (final InternalError e) {
      told++;
    }
  }
}
