package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.HeapBackend;
import io.narthex.backend.Threads;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ChildIndexTest {
  private final Counter source =
      Counter.builder("c")
          .labelNames("a", "b")
          .register(MetricRegistry.create(HeapBackend.create()));
  private final ChildIndex<Counter> index = new ChildIndex<>();

  private Counter child(final int number) {
    return source.labelValues("a" + number, "b");
  }

  private static LabelValues valuesOf(final Counter child) {
    return LabelValues.of(child.valuesByPosition());
  }

  private Counter find(final int number) {
    final String a = "a" + number;
    return index.find(LabelValues.hash(a, "b", null, null), a, "b", null, null);
  }

  @Test
  void shouldDoAsMapDoes() {
    final Random random = new Random(7);
    final Map<Integer, Counter> model = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      final int number = random.nextInt(400);
      final Counter child = child(number);
      if (random.nextInt(1_000) == 0) {
        index.clear();
        model.clear();
      } else if (random.nextBoolean()) {
        if (model.put(number, child) == null) {
          index.put(child);
        }
      } else {
        index.remove(child.hash, valuesOf(child));
        model.remove(number);
      }
      final int looked = random.nextInt(400);
      assertThat(find(looked)).isSameAs(model.get(looked));
      assertThat(index.size()).isEqualTo(model.size());
    }
  }

  @Test
  void shouldTellChildrenApartWhoseHashesAreEqual() {
    // "Aa" and "BB" have one hash, and so have all that are made of them.
    final Counter one = source.labelValues("AaAa", "AaBB");
    final Counter two = source.labelValues("BBAa", "AaAa");
    final Counter three = source.labelValues("AaBB", "BBBB");
    one.inc(1);
    two.inc(2);
    three.inc(3);

    assertThat(one.hash).isEqualTo(two.hash).isEqualTo(three.hash);
    assertThat(source.labelValues("AaAa", "AaBB").value()).isEqualTo(1);
    source.remove("AaAa", "AaBB");
    assertThat(source.labelValues("BBAa", "AaAa")).isSameAs(two);
    assertThat(source.labelValues("AaBB", "BBBB")).isSameAs(three);
  }

  @Test
  void shouldNotMixUpValuesAndTheirPositions() {
    final Counter ab = source.labelValues("x", "y");

    assertThat(source.labelValues("y", "x")).isNotSameAs(ab);
    assertThat(source.labelValues("xy", "")).isNotSameAs(ab);
    assertThat(source.labelValues("", "xy")).isNotSameAs(ab);
  }

  @Test
  void shouldNeverFindWrongChildWhileOthersPutAndRemove() {
    final int numbers = 300;
    final Counter[] children = new Counter[numbers];
    for (int i = 0; i < numbers; i++) {
      children[i] = child(i);
    }
    final AtomicBoolean done = new AtomicBoolean();
    Threads.run(
        3,
        number -> {
          final Random random = new Random(number);
          if (number == 0) {
            for (int i = 0; i < 300_000; i++) {
              final Counter child = children[random.nextInt(numbers)];
              synchronized (index) {
                if (index.find(child.hash, valuesOf(child)) == null) {
                  index.put(child);
                } else {
                  index.remove(child.hash, valuesOf(child));
                }
              }
            }
            done.set(true);
          }
          while (!done.get()) {
            final int wanted = random.nextInt(numbers);
            final Counter found = find(wanted);
            if (found != null) {
              assertThat(found).isSameAs(children[wanted]);
            }
          }
        });
  }

  @Test
  void shouldKeepOneChildWhileOthersGrowAndRemove() {
    Threads.run(
        4,
        number -> {
          for (int i = 0; i < 3_000; i++) {
            if (number == 0) {
              source.remove("a" + i % 50, "b");
            } else {
              source.labelValues("a" + i, "b").inc();
              source.labelValues("kept", "b").inc();
            }
          }
        });

    assertThat(source.labelValues("kept", "b").value()).isEqualTo(9_000);
    for (int i = 50; i < 3_000; i++) {
      assertThat(child(i).value()).isEqualTo(3);
    }
  }
}
