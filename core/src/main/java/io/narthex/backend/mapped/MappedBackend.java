package io.narthex.backend.mapped;

import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SelfMetrics;
import io.narthex.backend.SeriesVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Values in a memory-mapped file that several JVMs of one host share. An update is one atomic add
 * to the file's memory, so that nothing which returned is lost when a process is killed; a power
 * failure may lose what the kernel had not written. The file is best kept in memory, in {@code
 * /dev/shm}. A process that counts stays with the file that it opened: if the file is deleted or
 * replaced, it logs so within a second and goes on with the old one.
 *
 * <p>After {@link #close()} the file stays mapped for as long as a handle is kept, and updates
 * through kept handles still go to the file; those of gauges that have a part for each process only
 * until this process opens the file again.
 *
 * <p>Another program that truncates the file while it is mapped may kill a JVM that writes to it,
 * or let an update throw an {@link InternalError} ("a fault occurred in a recent unsafe memory
 * access operation"), which the JVM may report later than at the access. In a process that only
 * reads, what reads such a file throws a {@link NarthexException}, kept handles too, until it is
 * whole again; pages up to a second longer, or a minute where neither its length nor its time
 * changed, and handles of a file over which another one was copied until this is closed. Who copies
 * a file over another one that is mapped, and not in its place by a rename, may have wrong values
 * shown: it is only noticed if something was read while the file was too short. Who may write to
 * the file is trusted: give it to the service's own user only, as it is created.
 */
public final class MappedBackend implements Backend {
  private final Attachment attachment;
  private final long maxSeries;
  private final WhenIncompatible whenIncompatible;

  private MappedBackend(
      final Path path,
      final MappedStore store,
      final long maxSeries,
      final WhenIncompatible whenIncompatible) {
    this.attachment = new Attachment(path, store);
    this.maxSeries = maxSeries;
    this.whenIncompatible = whenIncompatible;
  }

  /**
   * Opens a file, and creates it if there is none: of 4 MiB, of 16 stripes, growing up to 1 GiB.
   *
   * @param path the file, best in {@code /dev/shm}
   * @return a backend that counts into it
   * @throws NarthexException if the file cannot be created or opened, or is not a whole Narthex
   *     file
   */
  public static MappedBackend open(final Path path) {
    return builder(path).open();
  }

  /**
   * Opens a file that exists, for reading only: it is mapped read-only, and any update or
   * registration of something new is an error. The file may still be in use, or a dead service's.
   * If another file gets the path, that one is shown within a second. Other than for counting, the
   * file may be another user's, and the path a symbolic link.
   *
   * @param path the file
   * @return a backend that shows what the file holds
   * @throws NarthexException if there is no such file, or it is not a whole Narthex file
   */
  public static MappedBackend openReadOnly(final Path path) {
    Failures.requireFile(path);
    try {
      return new MappedBackend(
          path, MappedStore.open(path, false), SeriesCap.NONE, WhenIncompatible.FAIL);
    } catch (final IOException e) {
      throw Failures.onOpen(path, e);
    }
  }

  /**
   * Opens a file with choices. Sizes, stripes and permissions apply if it has to be created.
   *
   * @param path the file, best in {@code /dev/shm}
   * @return a builder
   */
  public static Builder builder(final Path path) {
    return new Builder(Failures.requireFile(path));
  }

  /**
   * Opens a file as a configuration says, for {@link io.narthex.backend.Backends}. The options are
   * the builder's: {@code path}, which is needed, {@code initial_size}, {@code max_size} (bytes, or
   * such as {@code "4m"}), {@code stripes}, {@code permissions}, {@code max_series_per_metric},
   * {@code when_unused}, {@code when_incompatible}, {@code allow_other_owner} and {@code
   * allow_symbolic_links} (true or false). With {@code read_only} true the file is opened by {@link
   * #openReadOnly}, where the other options say nothing.
   *
   * @param config the options by key
   * @return a backend that counts into the file, or shows it
   * @throws NarthexException if an option is unknown, missing or of a wrong type, or the file
   *     cannot be opened
   * @throws IllegalArgumentException if the builder refuses one
   */
  public static MappedBackend fromConfig(final Map<String, ?> config) {
    return MappedConfig.open(config);
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    final MappedStore store = attachment.store();
    if (!store.isWritable()) {
      return store.guard().readAll(() -> existing(store, wanted));
    }
    final FamilyEntry entry = new Registration(store, whenIncompatible).register(wanted);
    if (entry.partsMode() != null && store.processes().self() == null) {
      throw new NarthexException(
          "cannot register "
              + wanted
              + ", as "
              + store.path()
              + " has no place for this process: "
              + store.processes().reason());
    }
    return new MappedFamily(store, entry, overflow, maxSeries);
  }

  private static BackendFamily existing(final MappedStore store, final FamilyDescriptor wanted) {
    final FamilyEntry entry = store.families().find(wanted.name());
    if (entry == null) {
      throw new NarthexException(
          "cannot register "
              + wanted
              + ": "
              + store.path()
              + " has no such metric and was opened with openReadOnly; let a process that counts"
              + " register it first, or open the file with MappedBackend.open");
    }
    if (!entry.descriptor.sameSchema(wanted)) {
      throw store.families().conflict(wanted, entry);
    }
    return new MappedFamily(store, entry, null, SeriesCap.NONE);
  }

  @Override
  public boolean unregister(final String family) {
    final MappedStore store = attachment.store();
    if (!store.isWritable()) {
      throw new NarthexException(
          "cannot unregister "
              + Excerpt.of(family)
              + ": "
              + store.path()
              + " was opened with openReadOnly");
    }
    final FamilyEntry entry = store.families().find(family);
    return entry != null && store.families().retire(entry);
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    final MappedStore store = attachment.store();
    store
        .guard()
        .<Void, X>readAll(
            () -> {
              visitFamilies(store, visitor);
              return null;
            });
  }

  private static <X extends Exception> void visitFamilies(
      final MappedStore store, final SeriesVisitor<X> visitor) throws X {
    final FamilyEntry[] families = store.catalog().refresh();
    final Liveness liveness = liveness(store, families);
    final SelfMetrics.Visit<X> own = store.selfMetrics().visit(visitor);
    for (final FamilyEntry family : families) {
      if (!store.records().isActive(family.offset) || !own.family(family.descriptor)) {
        continue;
      }
      if (family.partsMode() != null) {
        visitParts(family, store.partCursor(family, liveness), visitor);
        continue;
      }
      final SeriesCursor cursor = store.cursor(family);
      for (final long offset : family.series) {
        if (cursor.read(offset)) {
          visitor.series(cursor);
        }
      }
    }
    own.end();
  }

  private static Liveness liveness(final MappedStore store, final FamilyEntry... families) {
    for (final FamilyEntry family : families) {
      final GaugeMode mode = family.partsMode();
      if (mode != null && GaugeModes.isLive(mode)) {
        return store.processes().liveness();
      }
    }
    return store.processes().recent();
  }

  private static <X extends Exception> void visitParts(
      final FamilyEntry family, final PartCursor cursor, final SeriesVisitor<X> visitor) throws X {
    for (final long offset : family.series) {
      cursor.read(offset);
      while (cursor.next()) {
        visitor.series(cursor);
      }
    }
  }

  /**
   * The processes that count into the file, or did and whose row nobody has taken since. For
   * display: who was alive may be a second old.
   *
   * @return a list that is the caller's own, in no particular order; once this is closed as things
   *     were last
   * @throws NarthexException if the file was truncated while it was mapped, as far as that is
   *     noticed
   */
  public List<MappedProcess> processes() {
    final MappedStore store = attachment.store();
    return store.guard().readAll(() -> store.processes().list(store.processes().recent()));
  }

  @Override
  public void close() {
    attachment.close();
  }

  @Override
  public String toString() {
    final MappedStore store = attachment.store();
    return "MappedBackend(" + store.path() + (store.isWritable() ? ")" : ", read-only)");
  }

  /** The choices of who opens a file; not for use by several threads. */
  public static final class Builder {
    private static final int MAX_RACES = 100;

    private final Path path;
    private long initialSize = MappedOptions.DEFAULT_INITIAL_SIZE;
    private int stripes = MappedOptions.DEFAULT_STRIPES;
    private long maxSize = MappedOptions.DEFAULT_MAX_SIZE;
    private String permissions = MappedOptions.DEFAULT_PERMISSIONS;
    private long maxSeries = SeriesCap.NONE;
    private WhenUnused whenUnused = WhenUnused.KEEP;
    private WhenIncompatible whenIncompatible = WhenIncompatible.FAIL;
    private boolean otherOwner;
    private boolean symbolicLinks;

    private Builder(final Path path) {
      this.path = path;
    }

    /**
     * Sets the size of a new file; it grows when that is used up.
     *
     * @param bytes at least 512 KiB; 4 MiB unless set
     * @return this
     */
    public Builder initialSize(final long bytes) {
      if (bytes < MappedOptions.MIN_INITIAL_SIZE) {
        throw new IllegalArgumentException(
            "initialSize " + bytes + " is below " + MappedOptions.MIN_INITIAL_SIZE);
      }
      this.initialSize = bytes;
      return this;
    }

    /**
     * Sets over how many cells a new file spreads each count, so that threads do not meet. Each
     * costs 8 bytes per counter or bucket.
     *
     * @param count a power of two up to 256; 16 unless set
     * @return this
     */
    public Builder stripes(final int count) {
      if (Integer.bitCount(count) != 1 || count < 0 || count > Header.MAX_STRIPES) {
        throw new IllegalArgumentException(
            "stripes " + count + " is no power of two from 1 to " + Header.MAX_STRIPES);
      }
      this.stripes = count;
      return this;
    }

    /**
     * Sets the size that a new file never exceeds.
     *
     * @param bytes at least the initial size; 1 GiB unless set
     * @return this
     */
    public Builder maxSize(final long bytes) {
      this.maxSize = bytes;
      return this;
    }

    /**
     * Sets the mode of a new file and of its lock file, whatever the umask says. Who may write to
     * the file is trusted.
     *
     * @param mode as {@code ls} shows it, such as {@code rw-r-----}: the owner may read and write;
     *     {@code rw-------} unless set
     * @return this
     */
    public Builder permissions(final String mode) {
      MappedOptions.permissions(mode);
      this.permissions = mode;
      return this;
    }

    /**
     * Allows to count into a file that belongs to another user, or whose lock file does. It is
     * refused otherwise, also to root: whoever owns it can change, truncate or replace it.
     *
     * @return this
     */
    public Builder allowOtherOwner() {
      this.otherOwner = true;
      return this;
    }

    /**
     * Allows a path that is itself a symbolic link. It is refused otherwise: in a directory that
     * all may write to, anybody can make it lead anywhere. Links in the directories above are fine;
     * one in the place of the lock file never is.
     *
     * @return this
     */
    public Builder allowSymbolicLinks() {
      this.symbolicLinks = true;
      return this;
    }

    /**
     * Caps how many series each metric may have in the file, made by whichever process. The cap is
     * this backend's own and not the file's: others that open the file have theirs. At the cap a
     * new label set counts into the metric's overflow series, whose every label is {@code
     * __overflow__}; what exists goes on. A series that was removed keeps its place, as it comes
     * back with the next update through any handle. Metrics without labels have no cap.
     *
     * @param count at least 1; no cap unless set
     * @return this
     */
    public Builder maxSeriesPerMetric(final int count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "maxSeriesPerMetric " + count + " is below 1; leave it unset for no cap");
      }
      this.maxSeries = count;
      return this;
    }

    /**
     * Chooses what becomes of a file that no living process counts into, this one included. A
     * process counts as long as it has the file open; what handles add that were kept after that
     * goes to the old file, where nobody sees it.
     *
     * @param choice {@link WhenUnused#KEEP} unless set
     * @return this
     */
    public Builder whenUnused(final WhenUnused choice) {
      this.whenUnused = Objects.requireNonNull(choice, "whenUnused");
      return this;
    }

    /**
     * Chooses what becomes of a file, or a metric in it, that this program cannot go on with.
     *
     * @param choice {@link WhenIncompatible#FAIL} unless set
     * @return this
     */
    public Builder whenIncompatible(final WhenIncompatible choice) {
      this.whenIncompatible = Objects.requireNonNull(choice, "whenIncompatible");
      return this;
    }

    /**
     * Opens the file, or creates it.
     *
     * @return a backend that counts into it
     * @throws NarthexException if the file cannot be created or opened, is not a whole Narthex
     *     file, belongs to another user, or is a symbolic link
     * @throws IllegalArgumentException if maxSize is below initialSize
     */
    public MappedBackend open() {
      if (maxSize < initialSize) {
        throw new IllegalArgumentException(
            "maxSize " + maxSize + " is below initialSize " + initialSize);
      }
      final MappedOptions options =
          new MappedOptions(initialSize, stripes, maxSize, MappedOptions.permissions(permissions));
      final Lifecycle lifecycle = new Lifecycle(whenUnused, whenIncompatible);
      final AccessCheck access = new AccessCheck(otherOwner, symbolicLinks);
      for (int race = 0; race < MAX_RACES; race++) {
        try {
          access.check(path);
          final MappedStore store = OpenStores.open(path, new Opener(path, options, lifecycle));
          return new MappedBackend(path, store, maxSeries, whenIncompatible);
        } catch (final NoSuchFileException e) {
          if (Files.isSymbolicLink(path)) {
            throw new NarthexException(
                path + " is a symbolic link to a file that does not exist; delete it", e);
          }
          FileCreator.create(path, options);
          FileSystems.advise(path);
        } catch (final IOException e) {
          throw Failures.onOpen(path, e);
        }
      }
      throw new NarthexException("cannot open " + path + ": it is deleted as soon as it is made");
    }
  }
}
