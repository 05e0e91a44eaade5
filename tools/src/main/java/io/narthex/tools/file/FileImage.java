package io.narthex.tools.file;

import io.narthex.NarthexException;
import io.narthex.tools.reading.NarthexFile;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a file, mapped read-only as far as it is long, of whatever length and content.
 * Others may write to it, and let it grow. Who asks for bytes that it does not have asked for what
 * {@link #holds} would have told; it throws nothing else than {@link NarthexException}.
 */
final class FileImage implements AutoCloseable {
  /** A buffer cannot have more, and a whole number of pages. */
  private static final int CHUNK_SHIFT = 30;

  private static final long CHUNK = 1L << CHUNK_SHIFT;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final FileChannel channel;
  private ByteBuffer[] chunks = {};
  private long size;

  private FileImage(final Path path, final FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file.
   *
   * @throws NarthexException if there is none that could be a mapped file
   */
  static FileImage open(final Path path) {
    NarthexFile.check(path);
    try {
      final FileImage image = new FileImage(path, FileChannel.open(path, StandardOpenOption.READ));
      image.refresh();
      return image;
    } catch (final NoSuchFileException e) {
      throw new NarthexException(
          path + " does not exist; start the service that writes it, or check the path", e);
    } catch (final AccessDeniedException e) {
      throw new NarthexException(
          "no permission to open " + path + "; run as its owner, or change its mode", e);
    } catch (final IOException e) {
      throw new NarthexException("cannot open " + path + ": " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** As of the last {@link #refresh}. */
  long size() {
    return size;
  }

  /**
   * Maps what the file has grown by.
   *
   * @return whether it has
   */
  boolean refresh() {
    try {
      final long now = channel.size();
      if (now <= size) {
        return false;
      }
      final int whole = (int) (size >>> CHUNK_SHIFT);
      final int count = Math.toIntExact((now + CHUNK - 1) >>> CHUNK_SHIFT);
      final ByteBuffer[] longer = Arrays.copyOf(chunks, count);
      for (int i = whole; i < count; i++) {
        final long from = (long) i << CHUNK_SHIFT;
        longer[i] =
            channel
                .map(FileChannel.MapMode.READ_ONLY, from, Math.min(CHUNK, now - from))
                .order(ByteOrder.LITTLE_ENDIAN);
      }
      chunks = longer;
      size = now;
      return true;
    } catch (final IOException e) {
      throw new NarthexException("cannot map " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * To be asked when all has been read: not every read of what is gone fails.
   *
   * @throws NarthexException if the file is shorter than what is mapped of it
   */
  void requireWhole() {
    try {
      if (channel.size() < size) {
        throw Truncation.of(path, null);
      }
    } catch (final IOException e) {
      throw new NarthexException("cannot read the length of " + path + ": " + e.getMessage(), e);
    }
  }

  /** Whether the file has all bytes of a range. */
  boolean holds(final long offset, final long length) {
    return offset >= 0 && length >= 0 && offset <= size - length;
  }

  /** One load with acquire semantics where the offset is a multiple of 8. */
  long getLong(final long offset) {
    require(offset, Long.BYTES);
    if ((offset & 7) == 0) {
      return (long) LONGS.getAcquire(chunk(offset), position(offset));
    }
    return ByteBuffer.wrap(copy(offset, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  double getDouble(final long offset) {
    return Double.longBitsToDouble(getLong(offset));
  }

  int getInt(final long offset) {
    return (int) getUnsignedInt(offset);
  }

  long getUnsignedInt(final long offset) {
    require(offset, Integer.BYTES);
    if ((offset & 3) == 0) {
      return chunk(offset).getInt(position(offset)) & 0xffff_ffffL;
    }
    return ByteBuffer.wrap(copy(offset, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt()
        & 0xffff_ffffL;
  }

  byte[] copy(final long offset, final int length) {
    require(offset, length);
    final byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      final long at = offset + done;
      final int step = (int) Math.min(length - done, CHUNK - position(at));
      chunk(at).get(position(at), bytes, done, step);
      done += step;
    }
    return bytes;
  }

  /** The CRC-32C of ranges, each given by its begin and its end. */
  long checksum(final long... ranges) {
    final CRC32C crc = new CRC32C();
    for (int i = 0; i < ranges.length; i += 2) {
      crc.update(copy(ranges[i], Math.toIntExact(ranges[i + 1] - ranges[i])));
    }
    return crc.getValue();
  }

  /**
   * The first 8 bytes in a range that are not zero; both ends are multiples of 8.
   *
   * @return their offset, or -1
   */
  long firstNonZero(final long from, final long to) {
    require(from, to - from);
    long at = from;
    while (at < to) {
      final ByteBuffer chunk = chunk(at);
      final long end = Math.min(to, ((at >>> CHUNK_SHIFT) + 1) << CHUNK_SHIFT);
      for (; at < end; at += Long.BYTES) {
        if (chunk.getLong(position(at)) != 0) {
          return at;
        }
      }
    }
    return -1;
  }

  private ByteBuffer chunk(final long offset) {
    return chunks[(int) (offset >>> CHUNK_SHIFT)];
  }

  private static int position(final long offset) {
    return (int) (offset & (CHUNK - 1));
  }

  private void require(final long offset, final long length) {
    if (!holds(offset, length)) {
      throw new NarthexException(
          path
              + " ends at "
              + size
              + ", before the end of what would stand at "
              + offset
              + "; give a smaller offset");
    }
  }

  /** What is mapped stays so until nobody refers to it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (final IOException e) {
      // It was only read.
    }
  }
}
