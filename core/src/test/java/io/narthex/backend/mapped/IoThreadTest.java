package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
