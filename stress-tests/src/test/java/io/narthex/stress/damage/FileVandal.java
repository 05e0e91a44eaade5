package io.narthex.stress.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/**
 * Alters fields of a file that others have mapped, by writes that they see at once, and puts half
 * of them back. Never its length.
 */
final class FileVandal implements AutoCloseable {
  private static final Region[] REGIONS = {
    Region.PROCESSES,
    Region.DIRECTORY,
    Region.INDEX,
    Region.PREFIX,
    Region.FAMILY,
    Region.SERIES,
    Region.TEXT,
    Region.BASELINE,
    Region.PARTS,
    Region.CELLS,
    Region.HEADER
  };

  private final Fields fields;
  private final Hurt hurt;
  private final Random random;
  private final FileChannel channel;

  /** Of the file: a value may be made of the place where it is to stand. */
  private final ByteBuffer copy;

  /** What stood in the field that was altered last; null if it is to stay altered. */
  private byte[] before;

  private Fields.Field altered;

  FileVandal(final Path file, final Fields fields, final Random random) throws IOException {
    this.fields = fields;
    this.random = random;
    this.hurt = new Hurt(random, fields);
    this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.copy = ByteBuffer.allocate((int) channel.size()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Alters one field.
   *
   * @return whether it now says something else
   */
  boolean alter() throws IOException {
    final List<Fields.Field> possible = fields.of(REGIONS[random.nextInt(REGIONS.length)]);
    altered = possible.get(random.nextInt(possible.size()));
    copy.limit(altered.at() + altered.width()).position(altered.at());
    channel.read(copy, altered.at());
    before = new byte[altered.width()];
    copy.get(altered.at(), before);
    copy.clear();
    hurt.into(copy, altered);
    final boolean changed =
        !copy.slice(altered.at(), altered.width()).equals(ByteBuffer.wrap(before));
    channel.write(copy.slice(altered.at(), altered.width()), altered.at());
    if (random.nextBoolean()) {
      before = null;
    }
    return changed;
  }

  /** Puts back what was altered last, unless it is to stay. */
  void restore() throws IOException {
    if (before != null) {
      channel.write(ByteBuffer.wrap(before), altered.at());
      before = null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
