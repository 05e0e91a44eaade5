package io.narthex.stress.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where one test plays: a directory, in shared memory where there is any, and the JVMs that were
 * started. {@link #close()} ends the JVMs, then deletes the directory; so does this JVM's end.
 */
public final class Stage implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String NAME = "narthex-stress-";
  private static final Set<Stage> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Stage::closeAll, "closes stages"));
  }

  private final Path directory;
  private final List<ChildJvm> children = Collections.synchronizedList(new ArrayList<>());

  private Stage(final Path directory) {
    this.directory = directory;
    OPEN.add(this);
  }

  /** Opens a stage of its own, and clears away those of test JVMs that were killed. */
  public static Stage open() {
    try {
      final Path parent =
          Files.isWritable(SHARED_MEMORY)
              ? SHARED_MEMORY
              : Path.of(System.getProperty("java.io.tmpdir"));
      sweep(parent);
      return new Stage(
          Files.createTempDirectory(parent, NAME + ProcessHandle.current().pid() + "-"));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  /** The path of a file or directory that need not exist. */
  public Path path(final String name) {
    return directory.resolve(name);
  }

  /** Starts a JVM that runs a main class with the Agrona flag. */
  public ChildJvm start(final Class<?> main, final Object... arguments) {
    return start(jvm(main, arguments));
  }

  /** Starts a JVM. */
  public ChildJvm start(final ChildJvm.Builder builder) {
    final ChildJvm child = builder.start();
    children.add(child);
    return child;
  }

  /** Describes a JVM for {@link #start(ChildJvm.Builder)}. */
  public static ChildJvm.Builder jvm(final Class<?> main, final Object... arguments) {
    return ChildJvm.running(main, arguments);
  }

  @Override
  public void close() {
    final List<AutoCloseable> all;
    synchronized (children) {
      all = new ArrayList<>(children);
    }
    all.add(() -> delete(directory));
    OPEN.remove(this);
    Closing.all(all);
  }

  /** After Ctrl-C tests go on while this runs; what one of them holds stays for the next sweep. */
  private static void closeAll() {
    for (final Stage stage : OPEN) {
      try {
        stage.close();
      } catch (final AssertionError e) {
        System.err.println("not cleared away: " + stage.directory + ": " + e.getMessage());
      }
    }
  }

  /** Deletes a file, or a directory with all in it. */
  public static void delete(final Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes what test JVMs left that are no more, as far as it can: it may be another user's, and
   * another JVM may be at it now.
   */
  static void sweep(final Path parent) throws IOException {
    try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(parent, NAME + "*")) {
      for (final Path directory : abandoned) {
        final String rest = directory.getFileName().toString().substring(NAME.length());
        final String pid = rest.substring(0, Math.max(0, rest.indexOf('-')));
        if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          tryToDelete(directory);
        }
      }
    }
  }

  private static void tryToDelete(final Path abandoned) {
    try {
      delete(abandoned);
    } catch (final UncheckedIOException e) {
      // No reason for a test that has nothing to do with it to fail.
    }
  }
}
