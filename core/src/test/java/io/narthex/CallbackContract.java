package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.backend.Backend;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Seen;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.Threads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callbacks of gauges do, whichever backend their values go to. */
public abstract class CallbackContract {
  private static final int SECONDS = 30;

  /** Rounds come more often than each second here, as most tests wait for one. */
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final String THREADS = "narthex-callbacks";

  /** Ends every call that a test holds up, also where the test fails. */
  private final CountDownLatch end = new CountDownLatch(1);

  private final Set<Thread> threadsBefore = callbackThreads();
  private final Set<Thread> callers = ConcurrentHashMap.newKeySet();

  private Backend backend;
  private MetricRegistry registry;

  /** For subclasses. */
  protected CallbackContract() {}

  /** Makes a backend that holds nothing. The contract closes it. */
  protected abstract Backend create();

  @BeforeEach
  final void open() {
    backend = create();
    registry = MetricRegistry.builder().backend(backend).callbackPeriod(PERIOD_NANOS).build();
  }

  @AfterEach
  final void close() {
    end.countDown();
    registry.close();
    await(() -> ownThreads().isEmpty());
  }

  /** Waits, with patience, for what other threads bring about. */
  static void await(final BooleanSupplier condition) {
    final long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(SECONDS));
      pause(5);
    }
  }

  private static void pause(final long millis) {
    try {
      Thread.sleep(millis);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void blockUntilEnd() {
    try {
      assertThat(end.await(2 * SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<Thread> callbackThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(THREADS))
        .collect(Collectors.toSet());
  }

  private Set<Thread> ownThreads() {
    final Set<Thread> now = callbackThreads();
    now.removeAll(threadsBefore);
    return now;
  }

  private Gauge gauge(final String name, final DoubleSupplier callback) {
    return Gauge.builder(name)
        .callback(
            () -> {
              callers.add(Thread.currentThread());
              return callback.getAsDouble();
            })
        .register(registry);
  }

  private Seen scraped() {
    return Seen.of(registry::visit);
  }

  /** What another process would see: nobody asks for a round. */
  private Seen stored() {
    return Seen.of(backend);
  }

  private boolean isStored(final String name, final double value) {
    return stored().has(name, "") && stored().value(name, "") == value;
  }

  /** A log message that tells of that gauge's callback. */
  private static final class Heard extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.narthex");
    private final AtomicInteger threw = new AtomicInteger();
    private final AtomicInteger overdue = new AtomicInteger();
    private final String gauge;

    Heard(final String gauge) {
      this.gauge = "gauge " + gauge + ' ';
      logger.addHandler(this);
    }

    @Override
    public void publish(final LogRecord line) {
      if (line.getMessage().contains(gauge)) {
        (line.getThrown() == null ? overdue : threw).incrementAndGet();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  // ---- values

  @Test
  void shouldShowWhatCallbackReturnsForScrape() {
    final AtomicInteger value = new AtomicInteger();
    gauge("used", value::get);
    int shown = 0;
    for (int i = 1; i <= 100; i++) {
      value.set(i);
      final Seen seen = scraped();
      shown += seen.has("used", "") && seen.value("used", "") == i ? 1 : 0;
    }

    // A machine that is very busy may be too late for some; the timer alone is for nearly all.
    assertThat(shown).isGreaterThan(50);
  }

  @Test
  void shouldStoreWhatCallbackReturnsWithoutScrape() {
    final AtomicInteger value = new AtomicInteger(1);
    final Gauge used = gauge("used", value::get);
    await(() -> isStored("used", 1));
    value.set(2);
    await(() -> isStored("used", 2));

    assertThat(used.value()).isEqualTo(2);
  }

  @Test
  void shouldCallAgainWithoutScrapeInRegistryAsUsersMakeIt() {
    final AtomicInteger calls = new AtomicInteger();
    try (MetricRegistry usual = MetricRegistry.create(create())) {
      Gauge.builder("usual").callback(calls::incrementAndGet).register(usual);
      await(() -> calls.get() > 1);
    }
  }

  @Test
  void shouldCallCallbacksOfSeriesByTheirDefaults() {
    for (final String pool : new String[] {"a", "b"}) {
      Gauge.builder("used")
          .labelNames("pool")
          .defaultLabel("pool", pool)
          .callback(() -> pool.charAt(0))
          .register(registry);
    }

    await(() -> stored().labels("used").size() == 2);
    assertThat(stored().value("used", "pool=\"a\"")).isEqualTo('a');
    assertThat(stored().value("used", "pool=\"b\"")).isEqualTo('b');
  }

  @Test
  void shouldBringRemovedGaugeBackWithNextCall() {
    final Gauge used = gauge("used", () -> 4);
    await(() -> isStored("used", 4));
    used.remove();

    await(() -> isStored("used", 4));
  }

  @Test
  void shouldLetCallbackUseMetricsAndScrape() {
    final Counter calls = Counter.builder("calls").register(registry);
    final AtomicInteger otherCalls = new AtomicInteger();
    final AtomicInteger mostMeanwhile = new AtomicInteger();
    gauge("other", otherCalls::incrementAndGet);
    gauge(
        "used",
        () -> {
          calls.inc();
          final int before = otherCalls.get();
          for (int i = 0; i < 100; i++) {
            scraped();
          }
          mostMeanwhile.accumulateAndGet(otherCalls.get() - before, Math::max);
          return scraped().value("calls", "");
        });

    await(() -> stored().has("used", ""));
    assertThat(scraped().value("used", "")).isPositive();
    // Scrapes in a callback call no others; on a machine that is very busy, the timer may.
    assertThat(mostMeanwhile.get()).isLessThan(50);
  }

  @Test
  void shouldKeepInterruptsApart() {
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    gauge(
        "used",
        () -> {
          interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
          Thread.currentThread().interrupt();
          return calls.incrementAndGet();
        });
    Thread.currentThread().interrupt();
    scraped();
    assertThat(Thread.interrupted()).isTrue();

    await(() -> scraped().value("used", "") > 10);
    assertThat(interrupted.get()).isZero();
  }

  // ---- registration

  @ParameterizedTest
  @EnumSource
  void shouldTakeCallbackForLiveModesOnly(final GaugeMode mode) {
    final Gauge.Builder used = Gauge.builder("used").mode(mode).callback(() -> 1);
    if (mode.name().startsWith("LIVE_")) {
      used.register(registry);
      await(() -> stored().labels("used").size() == 1);
    } else {
      assertThatThrownBy(() -> used.register(registry))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(
              "gauge used", mode.name(), "LIVE_SUM, LIVE_MIN, LIVE_MAX, LIVE_ALL");
      assertThat(stored().names()).isEmpty();
    }
  }

  @Test
  void shouldBeLiveSumUnlessTold() {
    final Gauge used = gauge("used", () -> 1);

    assertThat(stored().family("used").gaugeMode()).isEqualTo(GaugeMode.LIVE_SUM);
    assertThat(Gauge.builder("used").mode(GaugeMode.LIVE_SUM).register(registry)).isSameAs(used);
  }

  @Test
  void shouldRefuseCallbackWhereLabelHasNoDefault() {
    final Gauge.Builder used =
        Gauge.builder("used").labelNames("a", "b").defaultLabel("a", "x").callback(() -> 1);

    assertThatThrownBy(() -> used.register(registry))
        .isInstanceOf(UnobservableMetricException.class)
        .hasMessageContainingAll("gauge used", "label b");
    assertThat(stored().names()).isEmpty();
    assertThatThrownBy(() -> Gauge.builder("used").callback(null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void shouldReplaceCallbackAndKeepItWhereThereIsNoOther() {
    gauge("used", () -> 1);
    await(() -> isStored("used", 1));
    Gauge.builder("used").mode(GaugeMode.LIVE_SUM).register(registry).set(7);
    await(() -> isStored("used", 1));

    gauge("used", () -> 2);
    assertThat(stored().has("used", "")).isTrue();
    await(() -> isStored("used", 2));
  }

  @Test
  void shouldNotStoreWhatReplacedCallbackReturnsLate() throws InterruptedException {
    final AtomicReference<Thread> caller = new AtomicReference<>();
    gauge(
        "used",
        () -> {
          caller.set(Thread.currentThread());
          blockUntilEnd();
          return 1;
        });
    await(() -> caller.get() != null);
    gauge("used", () -> 2);
    await(() -> isStored("used", 2));
    end.countDown();
    caller.get().join(TimeUnit.SECONDS.toMillis(SECONDS));

    assertThat(caller.get().isAlive()).isFalse();
    assertThat(isStored("used", 2)).isTrue();
  }

  // ---- failures

  @Test
  void shouldTakeValueAwayWhileCallbackThrows() {
    final AtomicReference<Throwable> thrown = new AtomicReference<>();
    gauge(
        "bad",
        () -> {
          throwIt(thrown.get());
          return 1;
        });
    gauge("good", () -> 2);
    try (Heard heard = new Heard("bad")) {
      final Throwable[] kinds = {
        new IllegalStateException("as it were"),
        new StackOverflowError("as it were"),
        new NoClassDefFoundError("as it were"),
        new OutOfMemoryError("as it were")
      };
      for (final Throwable kind : kinds) {
        await(() -> scraped().has("bad", ""));
        thrown.set(kind);
        await(() -> !scraped().has("bad", ""));
        assertThat(stored().value("good", "")).isEqualTo(2);
        thrown.set(null);
      }
      await(() -> isStored("bad", 1));

      assertThat(heard.threw.get()).isEqualTo(1);
      assertThat(heard.overdue.get()).isZero();
      assertThat(registry.callbackFailures().thrown()).isGreaterThanOrEqualTo(kinds.length);
      assertThat(ownCounter("narthex_callback_failures")).isGreaterThanOrEqualTo(kinds.length);
    }
  }

  /** What the engine counted of itself, which {@link Seen} leaves out. */
  private double ownCounter(final String name) {
    final double[] value = {Double.NaN};
    registry.visit(
        new SeriesVisitor<RuntimeException>() {
          @Override
          public boolean family(final FamilyDescriptor family) {
            return family.name().equals(name);
          }

          @Override
          public void series(final Series series) {
            value[0] = series.value();
          }
        });
    return value[0];
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void throwIt(final Throwable thrown) throws X {
    if (thrown != null) {
      throw (X) thrown;
    }
  }

  @Test
  void shouldGoOnWithoutCallbackThatIsStuck() {
    final AtomicInteger stuckCalls = new AtomicInteger();
    final AtomicInteger goodCalls = new AtomicInteger();
    gauge("before", goodCalls::get);
    gauge(
        "stuck",
        () -> {
          if (stuckCalls.incrementAndGet() == 2) {
            blockUntilEnd();
          }
          return stuckCalls.get();
        });
    gauge("good", goodCalls::incrementAndGet);
    try (Heard heard = new Heard("stuck")) {
      await(() -> stored().has("stuck", ""));
      await(() -> stuckCalls.get() == 2 && !stored().has("stuck", ""));
      final int calls = goodCalls.get();
      await(() -> goodCalls.get() > calls + 1);
      await(() -> scraped().value("good", "") > calls + 10);

      assertThat(scraped().has("stuck", "")).isFalse();
      assertThat(scraped().value("before", "")).isPositive();
      assertThat(stuckCalls.get()).isEqualTo(2);
      assertThat(registry.callbackFailures().overdue()).isEqualTo(1);
      await(() -> heard.overdue.get() == 1);
      // The one that is stuck, the one that goes on, and the timer.
      await(() -> ownThreads().size() == 3);
      end.countDown();
      await(() -> isStored("stuck", stuckCalls.get()) && stuckCalls.get() > 2);
      await(() -> ownThreads().size() == 2);
      assertThat(heard.threw.get()).isZero();
    }
  }

  @Test
  void shouldShowOthersOfScrapeWhileOneIsSlow() {
    final AtomicInteger value = new AtomicInteger();
    gauge("first", value::get);
    gauge(
        "slow",
        () -> {
          pause(300);
          return 7;
        });
    gauge("last", value::get);
    await(() -> isStored("slow", 7));
    int shown = 0;
    int slowShown = 0;
    for (int i = 1; i <= 20; i++) {
      value.set(i);
      final Seen seen = scraped();
      shown += seen.value("first", "") == i && seen.value("last", "") == i ? 1 : 0;
      slowShown += seen.has("slow", "") && seen.value("slow", "") == 7 ? 1 : 0;
    }

    assertThat(shown).isGreaterThan(10);
    assertThat(slowShown).isGreaterThan(10);
  }

  @Test
  void shouldAnswerScrapesOfAnyNumberOfThreadsWhileAllCallbacksAreStuck() {
    final AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      gauge(
          "stuck" + i,
          () -> {
            calls.incrementAndGet();
            blockUntilEnd();
            return 1;
          });
    }
    Threads.run(
        4,
        number -> {
          for (int i = 0; i < 20; i++) {
            scraped();
          }
        });

    await(() -> registry.callbackFailures().overdue() == 8);
    assertThat(calls.get()).isEqualTo(8);
    await(() -> ownThreads().size() == 10);
  }

  // ---- the end

  @Test
  void shouldCallNoMoreOnceUnregistered() {
    gauge("used", () -> 1);
    gauge("other", () -> 2);
    await(() -> isStored("used", 1) && isStored("other", 2));
    assertThat(ownThreads()).isNotEmpty();

    assertThat(registry.unregister("used")).isTrue();
    assertThat(scraped().names()).containsExactly("other");
    assertThat(ownThreads()).isNotEmpty();
    assertThat(registry.unregister("other")).isTrue();
    assertThat(scraped().names()).isEmpty();
    await(() -> ownThreads().isEmpty());

    gauge("used", () -> 3);
    await(() -> isStored("used", 3));
  }

  @Test
  void shouldCallNoMoreOnceClosed() {
    final AtomicInteger calls = new AtomicInteger();
    gauge("used", calls::incrementAndGet);
    await(() -> calls.get() > 0);
    registry.close();
    await(() -> ownThreads().isEmpty());

    assertThat(callers).isNotEmpty().noneMatch(Thread::isAlive);
  }

  @Test
  void shouldCloseAndUnregisterInCallback() {
    final AtomicInteger calls = new AtomicInteger();
    gauge(
        "used",
        () -> {
          calls.incrementAndGet();
          registry.unregister("used");
          registry.close();
          return 1;
        });

    await(() -> calls.get() > 0 && ownThreads().isEmpty());
    assertThat(calls.get()).isEqualTo(1);
  }

  @Test
  void shouldNotWaitForStuckCallbackWhenClosed() {
    final AtomicInteger calls = new AtomicInteger();
    gauge(
        "stuck",
        () -> {
          calls.incrementAndGet();
          blockUntilEnd();
          return 1;
        });
    await(() -> calls.get() > 0);
    registry.close();
    await(() -> ownThreads().size() == 1);
    end.countDown();

    await(() -> ownThreads().isEmpty());
  }

  @Test
  void shouldStartAndEndHoweverManyThreadsRegister() {
    Threads.run(
        4,
        number -> {
          for (int i = 0; i < 50; i++) {
            final String name = "used" + number;
            gauge(name, () -> 1);
            scraped();
            assertThat(registry.unregister(name)).isTrue();
          }
        });

    await(() -> ownThreads().isEmpty());
    gauge("used", () -> 2);
    await(() -> isStored("used", 2));
  }
}
