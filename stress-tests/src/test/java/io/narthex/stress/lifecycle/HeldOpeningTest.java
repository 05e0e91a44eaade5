package io.narthex.stress.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.mapped.WhenUnused;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.RunningClock;
import io.narthex.stress.harness.Stage;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is stopped while it opens a file keeps others from that file alone, for 10 s. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class HeldOpeningTest {
  private static final Duration GUARD = Duration.ofSeconds(60);

  /** More than the 10 s by as much as a busy machine may need to begin and to end. */
  private static final long MOST_WAIT_MILLIS = 15_000;

  @AutoClose private final Stage stage = Stage.open();
  @AutoClose private final RunningClock clock = RunningClock.start();

  @Test
  void shouldOpenAndCloseOtherFilesWhileOneIsHeld() throws Exception {
    final Path held = stage.path("held.nx");
    final Path other = stage.path("other.nx");
    MappedBackend.open(held).close();
    MappedBackend.open(other).close();
    final ChildJvm holder = stage.start(Holder.class, held);
    holder.await("holding", GUARD);
    final CompletableFuture<MappedBackend> opening =
        CompletableFuture.supplyAsync(() -> MappedBackend.open(held));
    awaitThread("narthex open held.nx");

    MappedBackend.open(other).close();
    assertThat(opening).as("the held file was waited for").isNotDone();
    holder.kill();
    opening.get(GUARD.toSeconds(), TimeUnit.SECONDS).close();
  }

  /** By both ways to open: to join those who use the file, and alone, to replace it if unused. */
  @Test
  void shouldGiveUpWhenAFileIsHeldForTenSeconds() throws Exception {
    final Path held = stage.path("held.nx");
    MappedBackend.open(held).close();
    final ChildJvm holder = stage.start(Holder.class, held);
    holder.await("holding", GUARD);
    // A thread each: the common pool may have but one.
    final ExecutorService openers = Executors.newCachedThreadPool();
    try {
      final List<Future<?>> refusals = new ArrayList<>();
      for (final WhenUnused unused : WhenUnused.values()) {
        refusals.add(openers.submit(() -> checkGivesUp(held, unused)));
      }
      for (final Future<?> refusal : refusals) {
        refusal.get(GUARD.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      openers.shutdownNow();
    }
    assertThat(holder.isAlive()).as(holder.output()).isTrue();
    holder.kill();
    MappedBackend.open(held).close();
  }

  private void checkGivesUp(final Path held, final WhenUnused unused) {
    final long begin = System.nanoTime();
    final long beginRunning = clock.millis();
    assertThatThrownBy(() -> MappedBackend.builder(held).whenUnused(unused).open().close())
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(held.toString())
        .hasMessageContaining("another process has been opening it for 10 s");
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(10));
    assertThat(clock.millis() - beginRunning).as("ms of waiting").isLessThan(MOST_WAIT_MILLIS);
  }

  private static void awaitThread(final String name) throws InterruptedException {
    final long deadline = System.nanoTime() + GUARD.toNanos();
    while (Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals(name))) {
      assertThat(System.nanoTime() - deadline).as("no thread " + name).isNegative();
      Thread.sleep(1);
    }
  }

  /** Has the lock of who opens a file to replace it, and does not let go of it. */
  public static final class Holder {
    private Holder() {}

    /** See the class. */
    public static void main(final String[] arguments) throws Exception {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0] + ".lock"),
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock(1, 1, false)) {
        ChildMain.say("holding " + lock.isValid());
        ChildMain.nextCommand();
      }
    }
  }
}
