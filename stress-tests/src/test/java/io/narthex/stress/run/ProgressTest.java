package io.narthex.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProgressTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  void shouldTellNowAndThenThatAClassIsStillAtIt() throws InterruptedException {
    try (Progress progress =
        new Progress(
            new PrintStream(told, true, StandardCharsets.UTF_8), 2, 75, Duration.ofMillis(20))) {
      TimeUnit.MILLISECONDS.sleep(100);
      assertThat(lines()).isEmpty();
      progress.begin("SlowTest", 65);
      while (lines().lines().count() < 3) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    assertThat(lines())
        .matches(
            "\\[1/2] SlowTest   0:\\d\\d gone, about 1:15 left\n"
                + "(        SlowTest for 0:\\d\\d, of about 1:05\n)+");
  }

  private String lines() {
    return told.toString(StandardCharsets.UTF_8);
  }
}
