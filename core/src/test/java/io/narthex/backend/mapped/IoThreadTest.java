package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class IoThreadTest {
  /** Long enough for whoever waits to look twice. */
  private static final long LOOKS_MILLIS = 2_500;

  @Test
  void shouldTellThatWorkWasLostInsteadOfWaitingForEver() throws IOException {
    final ForgetfulExecutor executor = new ForgetfulExecutor();
    try (IoThread thread = new IoThread(executor)) {
      // Also where what looks for it gets lost.
      executor.forgets = 2;
      assertThatThrownBy(() -> thread.call(() -> 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("truncated");
      assertThat(thread.call(() -> 2)).isEqualTo(2);
    }
  }

  @Test
  void shouldTellThatWorkWasLostWhenItIsClosedMeanwhile() {
    final ForgetfulExecutor executor = new ForgetfulExecutor();
    final IoThread thread = new IoThread(executor);
    executor.forgets = 1;
    executor.closes = true;
    assertThatThrownBy(() -> thread.call(() -> 1)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldWaitForWorkThatTakesLong() throws IOException {
    try (IoThread thread = new IoThread("slow")) {
      thread.execute(
          () -> {
            try {
              TimeUnit.MILLISECONDS.sleep(LOOKS_MILLIS);
            } catch (final InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(
              thread.<Integer>call(
                  () -> {
                    assertThat(new CountDownLatch(1).await(LOOKS_MILLIS, TimeUnit.MILLISECONDS))
                        .isFalse();
                    return 3;
                  }))
          .isEqualTo(3);
    }
  }

  @Test
  void shouldNoteAnErrorWithNoMoreMemoryThanAResult() throws IOException {
    try (IoThread thread = new IoThread("error")) {
      final Error error = new OutOfMemoryError("prepared");
      final Callable<Object> returning = () -> error;
      final Callable<Object> throwing =
          () -> {
            throw error;
          };
      // On the thread itself all memory that a call takes is this thread's.
      final Callable<Long> difference =
          () -> bytesOf(thread, throwing) - bytesOf(thread, returning);
      thread.call(difference); // loads classes
      assertThat(thread.call(difference)).isZero();
    }
  }

  private static long bytesOf(final IoThread thread, final Callable<Object> work)
      throws IOException {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long me = Thread.currentThread().getId();
    final long before = threads.getThreadAllocatedBytes(me);
    try {
      thread.call(work);
    } catch (final OutOfMemoryError e) {
      // as wanted
    }
    return threads.getThreadAllocatedBytes(me) - before;
  }

  @Test
  void shouldNotWaitForWorkThatComesAfterClosing() {
    final IoThread thread = new IoThread("closed");
    thread.close();
    assertThat(thread.callWithin(TimeUnit.HOURS.toMillis(1), () -> true)).isFalse();
    assertThatThrownBy(() -> thread.call(() -> true)).hasMessageContaining("closed");
  }

  @Test
  void shouldGiveUpWorkThatHasNotBegunInTime() throws Exception {
    final CountDownLatch mayEnd = new CountDownLatch(1);
    final AtomicBoolean begun = new AtomicBoolean();
    try (IoThread thread = new IoThread("late")) {
      thread.execute(
          () -> {
            try {
              mayEnd.await();
            } catch (final InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(
              thread.callWithin(
                  1,
                  () -> {
                    begun.set(true);
                    return true;
                  }))
          .isFalse();
      mayEnd.countDown();
      assertThat(thread.call(begun::get)).isFalse();
      assertThat(thread.callWithin(TimeUnit.MINUTES.toMillis(1), () -> true)).isTrue();
    } finally {
      mayEnd.countDown();
    }
  }

  @Test
  void shouldKeepAnInterruptForLater() throws IOException {
    try (IoThread thread = new IoThread("interrupted")) {
      Thread.currentThread().interrupt();
      assertThat(thread.call(() -> 4)).isEqualTo(4);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Loses what is executed, as the JVM does when an error comes between. */
  private static final class ForgetfulExecutor extends ScheduledThreadPoolExecutor {
    private int forgets;
    private boolean closes;

    ForgetfulExecutor() {
      super(1);
    }

    @Override
    public void execute(final Runnable command) {
      if (forgets == 0) {
        super.execute(command);
        return;
      }
      forgets--;
      if (closes) {
        shutdown();
      }
    }
  }
}
