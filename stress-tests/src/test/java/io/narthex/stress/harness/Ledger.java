package io.narthex.stress.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the threads of one worker claim to have done, in a mapped file that the engine knows nothing
 * of: a row of words per thread. Each word has one writer, which stores its number after the update
 * that it stands for has returned.
 */
public final class Ledger {
  /** How many words a thread has: one cache line and its neighbour, so that threads do not meet. */
  public static final int WORDS = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteBuffer buffer;
  private final int threads;

  private Ledger(final ByteBuffer buffer, final int threads) {
    this.buffer = buffer;
    this.threads = threads;
  }

  /** Opens a ledger, and creates it if need be. */
  public static Ledger open(final Path file, final int threads) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Ledger(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) threads * WORDS * Long.BYTES),
          threads);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int threads() {
    return threads;
  }

  /** Stores a word behind everything that the thread did before. */
  public void store(final int thread, final int word, final long value) {
    LONGS.setVolatile(buffer, at(thread, word), value);
  }

  public long load(final int thread, final int word) {
    return (long) LONGS.getVolatile(buffer, at(thread, word));
  }

  /** The sum of a word over all threads. */
  public long sum(final int word) {
    long sum = 0;
    for (int thread = 0; thread < threads; thread++) {
      sum += load(thread, word);
    }
    return sum;
  }

  private static int at(final int thread, final int word) {
    return (thread * WORDS + word) * Long.BYTES;
  }
}
