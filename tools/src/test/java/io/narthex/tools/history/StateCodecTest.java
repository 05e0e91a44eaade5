package io.narthex.tools.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.tools.reading.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateCodecTest {
  private final StateEncoder encoder = new StateEncoder();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldReadEveryMomentAsItWasWritten(final long seed) throws Exception {
    final Readings readings = new Readings(seed, 10);
    final Reading first = readings.next();
    final byte[] keyframe = encoded(State.EMPTY, first);
    final State written = new State(first);
    final State read = new State(StateDecoder.decode(State.EMPTY, keyframe, first.takenMillis()));
    for (int i = 0; i < 200; i++) {
      final Reading next = readings.next();
      final Reading decoded = StateDecoder.decode(read, encoded(written, next), next.takenMillis());
      assertThat(Readings.text(decoded)).isEqualTo(Readings.text(next));
    }
  }

  @Test
  void shouldWriteNothingOfWhatStayedAsItWas() {
    final Reading reading = new Readings(1, 100).next();
    assertThat(encoded(new State(reading), reading)).isEqualTo(new byte[] {0, 0, 0, 0});
  }

  @Test
  void shouldHoldNoSeries() throws Exception {
    final Reading none = Reading.of(5, List.of());
    final Reading some = new Readings(2, 3).next();
    assertThat(
            StateDecoder.decode(new State(some), encoded(new State(some), none), 5).seriesCount())
        .isZero();
  }

  @Test
  void shouldThrowNothingElseForWhatNobodyWrote() {
    final Reading base = new Readings(3, 5).next();
    final Readings readings = new Readings(3, 5);
    readings.next();
    final byte[] payload = encoded(new State(base), readings.next());
    final Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      final byte[] damaged = Arrays.copyOf(payload, 1 + random.nextInt(payload.length));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        StateDecoder.decode(new State(base), damaged, 1);
      } catch (final DamageException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
    assertThatThrownBy(() -> StateDecoder.decode(State.EMPTY, new byte[0], 1))
        .isInstanceOf(DamageException.class);
  }

  private byte[] encoded(final State base, final Reading reading) {
    encoder.encode(base, reading);
    return Arrays.copyOf(encoder.payload().bytes(), encoder.payload().length());
  }
}
