package io.narthex.stress.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Ledger;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The test's end of a {@link ServingWorker}. */
final class ServingChild {
  static final Duration GUARD = Duration.ofSeconds(60);

  private final Path file;
  private final Ledger ledger;
  private final ChildJvm jvm;
  private final int port;
  private int commands;

  ServingChild(final Stage stage, final ServingWorker.Kind kind, final int series) {
    this.file = stage.path(kind + ".nx");
    final Path ledgerFile = stage.path(kind + ".ledger");
    this.ledger = Ledger.open(ledgerFile, WrittenSeries.THREADS);
    this.jvm =
        stage.start(
            Stage.jvm(ServingWorker.class, kind, file, series, ledgerFile)
                // Or the number of threads would depend on how much there is to compile.
                .option("-XX:-UseDynamicNumberOfCompilerThreads"));
    this.port = Integer.parseInt(jvm.await("port ", GUARD));
  }

  int port() {
    return port;
  }

  /** Lets its writers go. */
  void run() {
    order("run");
  }

  /** Ends its writers. */
  void pause() {
    order("pause");
  }

  private void order(final String command) {
    jvm.command(command);
    jvm.await(command + " " + commands + ".", GUARD);
    commands++;
  }

  /** How many updates have returned. */
  long updates() {
    return ledger.sum(WrittenSeries.COUNTS) + ledger.sum(WrittenSeries.OBSERVATIONS);
  }

  void checkAlive() {
    assertThat(jvm.isAlive()).as(jvm.output()).isTrue();
  }

  /** While its writers pause: the file has what they did, no more and no less. */
  void checkNothingIsLost() {
    checkNothingIsLost(Page.of(file));
  }

  /** The same of a page that was scraped since. */
  void checkNothingIsLost(final Page page) {
    assertThat(page.sum(WrittenSeries.COUNTED))
        .isPositive()
        .isEqualTo((double) ledger.sum(WrittenSeries.COUNTS));
    assertThat(page.sum(WrittenSeries.OBSERVED + "_count"))
        .isPositive()
        .isEqualTo((double) ledger.sum(WrittenSeries.OBSERVATIONS));
  }

  /** Ends it, and looks for traces of exceptions in all that it ever said. */
  void stop() {
    jvm.command("stop");
    assertThat(jvm.awaitExit(GUARD)).as(jvm.output()).isZero();
    checkNoExceptions();
  }

  void checkNoExceptions() {
    assertThat(jvm.output()).doesNotContain("Exception", "Error", "\tat ");
  }

  /** Waits until it has no more of either than so many. */
  void awaitBack(final int descriptors, final int threads) throws IOException {
    final long deadline = System.nanoTime() + GUARD.toNanos();
    while (descriptors() > descriptors || threads() > threads) {
      assertThat(System.nanoTime() - deadline)
          .as(
              "descriptors: %d, were %d; threads: %d, were %d",
              descriptors(), descriptors, threads(), threads)
          .isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  int descriptors() throws IOException {
    try (Stream<Path> all = Files.list(proc("fd"))) {
      return (int) all.count();
    }
  }

  int threads() throws IOException {
    for (final String line : Files.readAllLines(proc("status"), StandardCharsets.ISO_8859_1)) {
      if (line.startsWith("Threads:")) {
        return Integer.parseInt(line.substring("Threads:".length()).strip());
      }
    }
    throw new AssertionError("no number of threads in " + proc("status"));
  }

  private Path proc(final String name) {
    return Path.of("/proc", Long.toString(jvm.pid()), name);
  }
}
