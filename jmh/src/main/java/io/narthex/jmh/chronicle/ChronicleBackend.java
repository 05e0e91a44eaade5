package io.narthex.jmh.chronicle;

import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.Config;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import java.io.File;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values in a file that Chronicle's {@code MappedBytes} maps, counted there by its atomic
 * operations: a counter is a cell for whole amounts and one for others, a gauge a cell, a histogram
 * a cell for its sum and one for each bucket.
 *
 * <p>It is a backend for one process, as what the cells mean is on the heap: a file that exists is
 * refused, and nothing reads one again. Cells are not striped, and removed series keep theirs. The
 * file is sparse, so that a file system which runs full may end the process.
 *
 * <p>The JVM needs flags; without them {@link #fromConfig} says which.
 */
public final class ChronicleBackend implements Backend {
  static final String FLAGS =
      "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
          + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED";

  /** How large the file is unless told otherwise. */
  private static final long DEFAULT_SIZE = 16L << 20;

  private final ChronicleCells cells;

  /** By name; replaced as a whole, under this object's lock. */
  private volatile Map<String, ChronicleFamily> families = new TreeMap<>();

  private ChronicleBackend(final ChronicleCells cells) {
    this.cells = cells;
  }

  /**
   * Makes a backend from a configuration, for {@link io.narthex.backend.Backends}.
   *
   * @param options {@code path}, a file that does not exist, and {@code size}, its bytes: 16 MiB
   *     unless set
   * @return the backend
   * @throws NarthexException if an option is wrong, the file cannot be created, or the JVM lacks
   *     the flags
   */
  public static ChronicleBackend fromConfig(final Map<String, ?> options) {
    final Config config = Config.of(ChronicleBackend.class, options, "path", "size");
    final String path = config.string("path").orElseThrow(config.missing("path"));
    final long size = config.size("size").orElse(DEFAULT_SIZE);
    if (size < ChronicleCells.LEAST_SIZE) {
      throw config.refused("size", "at least " + ChronicleCells.LEAST_SIZE);
    }
    return new ChronicleBackend(ChronicleCells.create(new File(path), size));
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    return new ChronicleRegistration(family(wanted), overflow);
  }

  private synchronized ChronicleFamily family(final FamilyDescriptor wanted) {
    for (final ChronicleFamily family : families.values()) {
      final FamilyDescriptor held = family.descriptor();
      if (held.sameSchema(wanted)) {
        return family;
      }
      if (held.overlaps(wanted)) {
        throw FamilyDescriptor.conflict(wanted, held);
      }
    }
    final ChronicleFamily fresh = new ChronicleFamily(wanted, cells);
    final Map<String, ChronicleFamily> more = new TreeMap<>(families);
    more.put(wanted.name(), fresh);
    families = more;
    return fresh;
  }

  @Override
  public synchronized boolean unregister(final String family) {
    final Map<String, ChronicleFamily> fewer = new TreeMap<>(families);
    final ChronicleFamily held = fewer.remove(family);
    if (held == null) {
      return false;
    }
    held.retire();
    families = fewer;
    return true;
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    final Collection<ChronicleFamily> all = families.values();
    final ChronicleCursor cursor = new ChronicleCursor();
    for (final ChronicleFamily family : all) {
      if (visitor.family(family.descriptor())) {
        family.visit(visitor, cursor);
      }
    }
  }

  /**
   * Does nothing: slots that are kept have to work on, and Chronicle unmaps at once or never. The
   * file stays mapped until the process ends.
   */
  @Override
  public void close() {}
}
