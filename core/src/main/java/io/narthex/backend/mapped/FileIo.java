package io.narthex.backend.mapped;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The open file: maps ranges of it and extends it, on its {@link IoThread}. */
final class FileIo implements AutoCloseable {
  private static final int ZERO_CHUNK = 256 << 10;
  private static final long MAX_WAIT_MILLIS = 100;

  private final Path path;
  private final boolean writable;
  private final IoThread thread;
  private final FileChannel channel;

  /**
   * The file whose channel this is, for its length; null where it is written to, or its name is not
   * of the locale's charset.
   */
  private final RandomAccessFile viewed;

  private volatile boolean closed;

  private FileIo(
      final Path path,
      final boolean writable,
      final IoThread thread,
      final FileChannel channel,
      final RandomAccessFile viewed) {
    this.path = path;
    this.writable = writable;
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
      return thread.call(() -> writable ? toWrite(path, thread) : toView(path, thread));
    } catch (final IOException | RuntimeException | Error e) {
      thread.close();
      throw e;
    }
  }

  /** Not by a RandomAccessFile: one that writes creates the file if there is none. */
  private static FileIo toWrite(final Path path, final IoThread thread) throws IOException {
    final FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new FileIo(path, true, thread, channel, null);
  }

  /** Without a RandomAccessFile where the name is not of this locale's charset. */
  private static FileIo toView(final Path path, final IoThread thread) throws IOException {
    try {
      // A byte of the name that is no character would be replaced: it might be another file's then.
      if (path.toFile().toPath().equals(path)) {
        final RandomAccessFile viewed = new RandomAccessFile(path.toFile(), "r");
        return new FileIo(path, false, thread, viewed.getChannel(), viewed);
      }
    } catch (final FileNotFoundException | UnsupportedOperationException | InvalidPathException e) {
      // It says too little of what is wrong: the channel's error is clearer, or there is none.
    }
    final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new FileIo(path, false, thread, channel, null);
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
   * Whether the file ends before an offset; false once it is closed. For any thread: one system
   * call, which an interrupt does not end, where the name is of this locale's charset; else the
   * file's thread is asked, unless it is busy.
   */
  boolean endsBefore(final long offset) {
    if (viewed == null) {
      return thread.callWithin(MAX_WAIT_MILLIS, () -> channel.size() < offset);
    }
    try {
      // Closed meanwhile, it may be the length of whatever got its descriptor.
      return viewed.length() < offset && !closed;
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
    closed = true;
    try {
      PendingFault.tell();
    } catch (final InternalError e) {
      // It is closed also if it was truncated.
    }
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
