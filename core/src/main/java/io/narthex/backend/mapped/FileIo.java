package io.narthex.backend.mapped;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The open file: maps ranges of it and extends it, on its {@link IoThread}. */
final class FileIo implements AutoCloseable {
  private static final int ZERO_CHUNK = 256 << 10;

  private final Path path;
  private final boolean writable;
  private final IoThread thread;
  private final FileChannel channel;

  /** Whose channel it is; null where it writes, as such a one would create the file. */
  private final RandomAccessFile viewed;

  private FileIo(
      final Path path,
      final IoThread thread,
      final FileChannel channel,
      final RandomAccessFile viewed) {
    this.path = path;
    this.writable = viewed == null;
    this.thread = thread;
    this.channel = channel;
    this.viewed = viewed;
  }

  /**
   * Opens a file that exists.
   *
   * @throws IOException as the JDK gives it
   */
  static FileIo open(final Path path, final boolean writable) throws IOException {
    final IoThread thread = new IoThread("narthex " + path.getFileName());
    try {
      return thread.call(
          () -> {
            if (writable) {
              final FileChannel channel =
                  FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
              return new FileIo(path, thread, channel, null);
            }
            final RandomAccessFile viewed = openToView(path);
            return new FileIo(path, thread, viewed.getChannel(), viewed);
          });
    } catch (final IOException | RuntimeException e) {
      thread.close();
      throw e;
    }
  }

  private static RandomAccessFile openToView(final Path path) throws IOException {
    try {
      return new RandomAccessFile(path.toFile(), "r");
    } catch (final FileNotFoundException e) {
      // It is thrown for all that can be wrong; a channel tells what it is.
      FileChannel.open(path, StandardOpenOption.READ).close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  boolean isWritable() {
    return writable;
  }

  IoThread thread() {
    return thread;
  }

  long size() throws IOException {
    return thread.call(channel::size);
  }

  /**
   * Whether a file that is only read ends before an offset; false if it is closed, or written to.
   * For any thread: one system call, which takes no memory, and which an interrupt does not end.
   */
  boolean endsBefore(final long offset) {
    try {
      return viewed != null && viewed.length() < offset;
    } catch (final IOException e) {
      return false;
    }
  }

  /**
   * Maps a range; never extends the file.
   *
   * @throws IOException if the file does not have the range, or cannot be mapped
   */
  Mapping map(final long offset, final long length) throws IOException {
    return thread.call(
        () -> {
          if (offset + length > channel.size()) {
            throw new IOException(
                "it ends at " + channel.size() + ", a segment at " + (offset + length));
          }
          final FileChannel.MapMode mode =
              writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY;
          return new Mapping(channel.map(mode, offset, length), offset);
        });
  }

  /**
   * Copies bytes out of the file without mapping it.
   *
   * @return fewer bytes if the file ends before
   */
  byte[] read(final long offset, final int length) throws IOException {
    return thread.call(
        () -> {
          final ByteBuffer bytes = ByteBuffer.allocate(length);
          while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
            // until it is full or the file ends
          }
          return java.util.Arrays.copyOf(bytes.array(), bytes.position());
        });
  }

  /**
   * Extends the file by zeros, which proves that there is room for them.
   *
   * @throws IOException if there is none; the file is then as long as before
   */
  void extend(final long from, final long to) throws IOException {
    thread.call(
        () -> {
          try {
            writeZeros(channel, from, to);
          } catch (final IOException e) {
            channel.truncate(from);
            FaultPoint.reached("truncate");
            throw e;
          }
          return null;
        });
  }

  static void writeZeros(final FileChannel channel, final long from, final long to)
      throws IOException {
    final ByteBuffer zeros = ByteBuffer.allocateDirect(ZERO_CHUNK);
    long at = from;
    while (at < to) {
      zeros.clear().limit((int) Math.min(ZERO_CHUNK, to - at));
      at += channel.write(zeros, at);
      FaultPoint.reached("write zeros");
    }
  }

  /** Closes the channel; what is mapped stays mapped. */
  @Override
  public void close() {
    thread.execute(
        () -> {
          try {
            channel.close();
          } catch (final IOException e) {
            // A channel buffers nothing, so nothing is lost.
          }
        });
    thread.close();
  }
}
