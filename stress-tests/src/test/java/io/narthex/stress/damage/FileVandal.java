package io.narthex.stress.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Alters fields of a file that others have mapped, by writes that they see at once, and puts half
 * of them back. Never its length.
 */
final class FileVandal implements AutoCloseable {
  static final List<Region> REGIONS =
      List.of(
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
          Region.HEADER);

  private final Fields fields;
  private final Hurt hurt;
  private final Random random;
  private final FileChannel channel;

  /** Of the file: a value may be made of the place where it is to stand. */
  private final ByteBuffer copy;

  /** What stood in the field that was altered last; null if it is to stay altered. */
  private byte[] before;

  private Fields.Field altered;

  /** How many fields now say something else than they did. */
  private long alterations;

  /** Those of them that it aimed at, by their regions. */
  private final Map<Region, Integer> aimedAt = new EnumMap<>(Region.class);

  FileVandal(final Path file, final Fields fields, final Random random) throws IOException {
    this.fields = fields;
    this.random = random;
    this.hurt = new Hurt(random, fields);
    this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.copy = ByteBuffer.allocate((int) channel.size()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Alters one field: of a file that grew mostly one in a later segment. */
  void alter() throws IOException {
    final Region region = REGIONS.get(random.nextInt(REGIONS.size()));
    final boolean aimed = random.nextInt(4) != 0;
    final List<Fields.Field> possible = aimed ? fields.aims(region) : fields.of(region);
    altered = possible.get(random.nextInt(possible.size()));
    copy.limit(altered.at() + altered.width()).position(altered.at());
    channel.read(copy, altered.at());
    before = new byte[altered.width()];
    copy.get(altered.at(), before);
    copy.clear();
    hurt.into(copy, altered);
    if (!copy.slice(altered.at(), altered.width()).equals(ByteBuffer.wrap(before))) {
      alterations++;
      if (aimed) {
        aimedAt.merge(region, 1, Integer::sum);
      }
    }
    channel.write(copy.slice(altered.at(), altered.width()), altered.at());
    if (random.nextBoolean()) {
      before = null;
    }
  }

  /** How many fields said something else when it had been at them. */
  long alterations() {
    return alterations;
  }

  /** Those of {@link #alterations} that it aimed at, by their regions. */
  Map<Region, Integer> aimedAt() {
    return aimedAt;
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
