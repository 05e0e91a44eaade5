package io.narthex.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void callThatIsHeldUpIsCountedFromWhenItWasDue() {
    final AtomicInteger calls = new AtomicInteger();
    final long interval = TimeUnit.MILLISECONDS.toNanos(1);
    final Schedule schedule =
        Schedule.run(
            () -> {
              if (calls.incrementAndGet() == 1) {
                sleep(100);
              }
            },
            interval,
            TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(calls).hasValue(200);
    // The first half of the calls was held up, by 50 ms in the middle of it.
    assertThat(schedule.fromDue(75)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(schedule.fromCall(75)).isLessThan(TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(schedule.fromCall(100)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(99));
  }

  private static void sleep(final long millis) {
    try {
      Thread.sleep(millis);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
