package io.narthex.tools.serve;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.reading.LabelText;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.web.ShownFile;
import io.narthex.tools.web.ShownFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The files that are served, as they come and go. One thread at a time looks for changes; any
 * thread may ask what there is.
 */
final class Sources implements ShownFiles, AutoCloseable {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Candidates candidates;
  private final boolean labelled;
  private final Notes notes;

  /** What can be read, by path. A new map whenever that changes. */
  private volatile SortedMap<Path, Source> sources = new TreeMap<>();

  /** What cannot be, and why. A new map whenever that changes. */
  private volatile SortedMap<Path, Skipped> skipped = new TreeMap<>();

  /** Whether {@link #open} is over, which tells by itself what is wrong with a lone file. */
  private boolean opened;

  private boolean closed;

  /**
   * A file may become readable without a sign of it, such as by a descriptor that is free again.
   */
  private record Skipped(FileState state, String reason, long sinceNanos) {
    static Skipped now(final FileState state, final String reason) {
      return new Skipped(state, reason, System.nanoTime());
    }

    boolean isWorthATry(final FileState now) {
      return !state.equals(now) || System.nanoTime() - sinceNanos > RETRY_NANOS;
    }
  }

  Sources(final Collection<Path> arguments, final Notes notes) {
    this.candidates = new Candidates(arguments);
    this.labelled = candidates.mayBeSeveral();
    this.notes = notes;
  }

  /**
   * Opens what is there now, and does not tell of it.
   *
   * @throws NarthexException if there is nothing to serve, and no directory in which something may
   *     appear
   */
  synchronized void open() {
    candidates.check();
    refresh();
    if (sources.isEmpty() && !candidates.hasDirectories()) {
      // Warned of already where there are several.
      final String reason = skipped.get(skipped.firstKey()).reason;
      throw new NarthexException(skipped.size() == 1 ? reason : "none of the files can be served");
    }
    opened = true;
  }

  /** Looks for files that appeared, were replaced or disappeared. */
  synchronized void refresh() {
    final SortedMap<Path, FileState> found = candidates.find(sources.values(), notes);
    final SortedMap<Path, Source> now = new TreeMap<>();
    final SortedMap<Path, Skipped> amiss = new TreeMap<>();
    for (final Map.Entry<Path, FileState> entry : found.entrySet()) {
      final Path path = entry.getKey();
      final FileState state = entry.getValue();
      final Source known = sources.get(path);
      if (known != null && state.isStill(known.key())) {
        now.put(path, known);
        continue;
      }
      final Skipped before = skipped.get(path);
      if (before != null && !before.isWorthATry(state)) {
        amiss.put(path, before);
        continue;
      }
      try {
        now.put(path, opened(path, state));
        if (opened) {
          notes.say((known == null ? "file: " : "replaced: ") + path);
        }
      } catch (final NarthexException e) {
        skip(path, state, before, e.getMessage(), amiss);
      } catch (final InvalidPathException e) {
        // Its lock file could not be named.
        final String reason =
            path + " is no path in this locale's charset; serve it with LC_ALL=C.UTF-8";
        skip(path, state, before, reason, amiss);
      }
    }
    change(now, amiss);
  }

  private void skip(
      final Path path,
      final FileState state,
      final Skipped before,
      final String reason,
      final Map<Path, Skipped> amiss) {
    amiss.put(path, Skipped.now(state, reason));
    if (before == null || !before.reason.equals(reason)) {
      warn(reason);
    }
  }

  /** Tells what {@link #open} found. */
  void tell() {
    sources.keySet().forEach(path -> notes.say("file: " + path));
    if (sources.isEmpty()) {
      notes.say("no mapped file as yet; waiting for one");
    }
  }

  private void change(final SortedMap<Path, Source> now, final SortedMap<Path, Skipped> amiss) {
    final SortedMap<Path, Source> before = sources;
    sources = now;
    skipped = amiss;
    for (final Source source : before.values()) {
      if (!source.equals(now.get(source.path()))) {
        // Whoever still reads it can do so to the end.
        source.registry().close();
        if (!closed && !now.containsKey(source.path()) && !amiss.containsKey(source.path())) {
          notes.say("gone: " + source.path());
        }
      }
    }
  }

  /** A source that could be opened cannot be read; it is left out until the file changes. */
  synchronized void fail(final Source source, final NarthexException e) {
    if (!source.equals(sources.get(source.path()))) {
      return;
    }
    final SortedMap<Path, Source> now = new TreeMap<>(sources);
    now.remove(source.path());
    final SortedMap<Path, Skipped> amiss = new TreeMap<>(skipped);
    amiss.put(source.path(), Skipped.now(FileState.of(source.path()), e.getMessage()));
    warn(e.getMessage());
    change(now, amiss);
  }

  private void warn(final String reason) {
    if (opened || labelled) {
      notes.warn(reason);
    }
  }

  private Source opened(final Path path, final FileState state) {
    NarthexFile.check(path);
    final MappedBackend backend = MappedBackend.openReadOnly(path);
    final String name = candidates.nameOf(path);
    return new Source(
        path,
        name,
        labelled ? LabelText.of(SourceLabel.NAME, name) : "",
        state.key(),
        backend,
        MetricRegistry.create(backend));
  }

  /** What can be read now, in the order of paths. */
  Collection<Source> now() {
    return sources.values();
  }

  /** Whether series get the label {@code source}. */
  boolean isLabelled() {
    return labelled;
  }

  @Override
  public List<ShownFile> files() {
    return sources.values().stream()
        .map(source -> new ShownFile(source.path(), source.name(), source.backend()))
        .toList();
  }

  @Override
  public SortedMap<Path, String> skipped() {
    final SortedMap<Path, String> reasons = new TreeMap<>();
    skipped.forEach((path, amiss) -> reasons.put(path, amiss.reason));
    return reasons;
  }

  @Override
  public synchronized void close() {
    closed = true;
    change(new TreeMap<>(), skipped);
  }
}
