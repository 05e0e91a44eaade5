package io.narthex.stress.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A removal by one process between the two stores of an observation by another: the count goes with
 * it, the value comes after it.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class HalfObservationTest {
  private static final Duration GUARD = Duration.ofSeconds(30);

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("half.nx");

  @Test
  void shouldTakeTheRestOfAnObservationWithTheNextRemoval() {
    final ChildJvm observer =
        stage.start(
            Stage.jvm(Observer.class, file)
                .option("-D" + Run.HOOK + "=" + FaultHook.class.getName()));
    try (MetricRegistry registry = open(file)) {
      final Histogram sizes = sizes(registry);
      observer.await("held at add", GUARD);
      assertThat(sizes.remove("a")).isTrue();
      observer.command("go on");
      observer.await("observed", GUARD);
      assertThat(Page.of(file).count("size_count")).isZero();

      assertThat(sizes.remove("a")).as("there was nothing to see").isFalse();
      observer.command("observe again");
      observer.await("observed", 2, GUARD);
      final Page page = Page.of(file);
      assertThat(page.value("size_count{kind=\"a\"}")).isEqualTo(1);
      assertThat(page.value("size_sum{kind=\"a\"}")).isEqualTo(Observer.AGAIN);
    }
    observer.command("end");
    assertThat(observer.awaitExit(GUARD)).as(observer.output()).isZero();
  }

  private static MetricRegistry open(final Path file) {
    return MetricRegistry.create(MappedBackend.builder(file).initialSize(512 << 10).open());
  }

  private static Histogram sizes(final MetricRegistry registry) {
    return Histogram.builder("size").labelNames("kind").buckets(1, 2).register(registry);
  }

  /** Is held in the middle of its second observation. */
  public static final class Observer {
    static final double AGAIN = 5;
    private static final Point IN_THE_MIDDLE = new Point("main", 1, "add");

    private Observer() {}

    /** See the class. */
    public static void main(final String[] arguments) throws InterruptedException {
      final MetricRegistry registry = open(Path.of(arguments[0]));
      final Histogram size = sizes(registry).labelValues("a");
      size.observe(1);
      FaultHook.holdAt(IN_THE_MIDDLE);
      size.observe(2);
      ChildMain.say("observed");
      ChildMain.nextCommand();
      size.observe(AGAIN);
      ChildMain.say("observed");
      ChildMain.nextCommand();
    }
  }
}
