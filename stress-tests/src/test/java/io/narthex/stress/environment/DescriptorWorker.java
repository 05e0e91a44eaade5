package io.narthex.stress.environment;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts with all descriptors of its process in use, tries to open files with none and with a few
 * to spare, and with enough of them again.
 *
 * <p>Argument: a directory, in which there is a file {@code made.nx} already.
 */
public final class DescriptorWorker {
  /** Makes a file of 512 KiB grow. */
  private static final int MANY = 4_000;

  private static final int MOST_SPARE = 5;
  private static final int CLOSING = 1_000;

  private final Path directory;
  private final Deque<InputStream> taken = new ArrayDeque<>();
  private int opened;

  private DescriptorWorker(final Path directory) {
    this.directory = directory;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException, InterruptedException {
    // What the JDK opens when it is first asked, and keeps: its own files, and the class path's.
    System.getLogger("descriptors").log(Level.INFO, "begun");
    ClassLoader.getSystemResource("no-such-resource");
    new DescriptorWorker(Path.of(arguments[0])).run();
  }

  private void run() throws IOException, InterruptedException {
    final Path file = directory.resolve("counted.nx");
    try (MetricRegistry registry = MetricRegistry.create(open(file))) {
      final Counter counter = Counter.builder("n").labelNames("n").register(registry);
      count(counter, 0);
      final long size = Files.size(file);
      final long inUse = descriptors();
      takeAll();
      count(counter, MANY);
      require(Files.size(file) > size, "it did not grow");
      final Page page = Page.of(registry);
      require(page.sum("n_total") == 2 * MANY, "sum " + page.sum("n_total"));
      require(page.value("n_total{n=\"__overflow__\"}") == null, "it overflowed");
      ChildMain.say("grew to " + Files.size(file) + " bytes");

      tryToOpen("with none to spare");
      for (int spare = 1; spare <= MOST_SPARE; spare++) {
        taken.pop().close();
        taken.pop().close();
        tryToOpen("with " + 2 * spare + " to spare");
      }
      while (!taken.isEmpty()) {
        taken.pop().close();
      }
      checkThatNoneIsLost(inUse);

      count(counter, 2 * MANY);
      require(Page.of(registry).sum("n_total") == 3 * MANY, "it does not go on");
      require(outcome(this::openFresh).equals("opened"), "no new file can be made");
      require(outcome(any -> MappedBackend.openReadOnly(file)).equals("opened"), "no viewer");
    }
    ChildMain.say("counted: " + 3.0 * MANY);
  }

  private static Backend open(final Path file) {
    return MappedBackend.builder(file).initialSize(512 << 10).open();
  }

  private static void count(final Counter counter, final int from) {
    for (int n = from; n < from + MANY; n++) {
      counter.labelValues("n" + n).inc();
    }
  }

  private void takeAll() throws IOException {
    try {
      while (true) {
        taken.push(new FileInputStream("/dev/null"));
      }
    } catch (final FileNotFoundException e) {
      ChildMain.say("took " + taken.size() + " descriptors: " + e.getMessage());
    }
  }

  private void tryToOpen(final String when) {
    ChildMain.say(
        "viewer "
            + when
            + ": "
            + outcome(name -> MappedBackend.openReadOnly(directory.resolve("made.nx"))));
    ChildMain.say("old file " + when + ": " + outcome(name -> open(directory.resolve("made.nx"))));
    // Last, as it may take one for good: that of the new file's lock file.
    ChildMain.say("new file " + when + ": " + outcome(this::openFresh));
  }

  private Backend openFresh(final String name) {
    return open(directory.resolve(name));
  }

  /** Opens a file, counts or looks, and closes it: "opened", or why not. */
  private String outcome(final Function<String, Backend> opener) {
    opened++;
    try (MetricRegistry registry = MetricRegistry.create(opener.apply("fresh-" + opened + ".nx"))) {
      Page.of(registry);
      return "opened";
    } catch (final NarthexException e) {
      return e.getMessage();
    }
  }

  /**
   * A lock file, once open, stays so for as long as the process lives; that of the file which was
   * first looked at and then counted into is open twice.
   */
  private void checkThatNoneIsLost(final long before) throws IOException, InterruptedException {
    // A file is closed by a thread of its own.
    for (int i = 0; i < CLOSING && descriptors() - before > lockFiles(); i++) {
      Thread.sleep(10);
    }
    final long more = descriptors() - before;
    require(more <= lockFiles(), more + " more descriptors, for " + lockFiles() + " lock files");
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private long lockFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".lock")).count();
    }
  }

  private static void require(final boolean right, final String wrong) {
    if (!right) {
      throw new AssertionError(wrong);
    }
  }
}
