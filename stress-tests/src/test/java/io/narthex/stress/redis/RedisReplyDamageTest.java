package io.narthex.stress.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.redis.RedisBackend;
import io.narthex.backend.redis.RedisProcesses;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/**
 * A real server whose replies are damaged on their way. Updates throw nothing, scrapes throw
 * nothing that is not declared and show pages that can be read, a forged length takes no memory
 * that was not there, and once replies are whole again all is as it was. What was counted is exact
 * where a damaged reply cannot be taken for another true one; where it can, nobody could tell, and
 * only what is registered afterwards has to be exact.
 *
 * <p>{@code -Dnarthex.stress.redis.replies=20000} damages more than the usual 40 replies in each
 * test, {@code -Dnarthex.stress.redis.seed=N} others.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class RedisReplyDamageTest {
  private static final long REPLIES = Long.getLong("narthex.stress.redis.replies", 40);
  private static final long SEED = Long.getLong("narthex.stress.redis.seed", 1);
  private static final Duration GUARD = Duration.ofSeconds(90);
  private static final Duration RECOVERY = Duration.ofSeconds(20);

  private static RedisProcesses redis;

  @AutoClose private final Stage stage = Stage.open();

  @BeforeAll
  static void start() {
    redis = RedisProcesses.startOwn();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.empty();
  }

  @Test
  void shouldCountExactlyWhenRepliesAreEvidentlyDamaged(final TestReporter reporter) {
    countWhileDamaged(RedisBackend.Mode.BUFFERED, Wound.EVIDENT, true, reporter);
  }

  @Test
  void shouldCountExactlyInDirectModeWhenRepliesAreEvidentlyDamaged(final TestReporter reporter) {
    countWhileDamaged(RedisBackend.Mode.DIRECT, Wound.EVIDENT, true, reporter);
  }

  @Test
  void shouldRecoverWhenRepliesAreSilentlyDamaged(final TestReporter reporter) {
    countWhileDamaged(RedisBackend.Mode.BUFFERED, Wound.SILENT, false, reporter);
  }

  @Test
  void shouldGoOnByAnotherConnectionWhenAReplyComesTwice() {
    try (DamagingProxy proxy = DamagingProxy.before(redis.uri(), SEED)) {
      final ChildJvm child = start(proxy, RedisBackend.Mode.BUFFERED);
      // All that come after it on its connection are replies to something else.
      proxy.damageOne(Wound.TWICE);
      await(child, proxy::isStruckOneEnded, GUARD);
      end(child);
      check(0);
    }
  }

  private void countWhileDamaged(
      final RedisBackend.Mode mode,
      final Set<Wound> wounds,
      final boolean exact,
      final TestReporter reporter) {
    try (DamagingProxy proxy = DamagingProxy.before(redis.uri(), SEED)) {
      final ChildJvm child = start(proxy, mode);
      proxy.damage(wounds, 0.15);
      await(child, () -> proxy.count() >= REPLIES, GUARD.plusSeconds(REPLIES));
      proxy.beHonest();
      final long counted = end(child);
      reporter.publishEntry(
          "damaged replies, " + mode, proxy.count() + " of them: " + proxy.inflicted());
      reporter.publishEntry("counted meanwhile, " + mode, Long.toString(counted));
      check(exact ? (double) counted : 0);
    }
  }

  @Test
  void shouldCountExactlyWhenScriptsAreCalledUnknownAfterTheyRan(final TestReporter reporter) {
    try (DamagingProxy proxy = DamagingProxy.before(redis.uri(), SEED)) {
      final ChildJvm child = start(proxy, RedisBackend.Mode.BUFFERED);
      proxy.forgetScripts();
      await(child, () -> proxy.forgottenScripts() >= REPLIES, GUARD.plusSeconds(REPLIES));
      proxy.beHonest();
      final long counted = end(child);
      reporter.publishEntry("scripts called unknown", Long.toString(proxy.forgottenScripts()));
      check((double) counted);
    }
  }

  @Test
  void shouldConnectOrSayWhyNotWhateverIsAnswered(final TestReporter reporter) {
    final ChildJvm child = stage.start(Stage.jvm(RedisConnector.class).option("-Xmx64m"));
    int connects = 0;
    for (final Wound wound : Wound.values()) {
      for (int i = 0; i < 2; i++) {
        try (DamagingProxy proxy = DamagingProxy.before(redis.uri(), SEED + i)) {
          proxy.damage(Set.of(wound), i == 0 ? 1 : 0.4);
          child.command(wound + " " + proxy.uri());
          child.await("tried " + ++connects, GUARD);
        }
      }
    }
    child.command("end");
    final String outcome = child.await("done ", GUARD);
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
    assertThat(child.output()).doesNotContain("WRONG");
    reporter.publishEntry("damaged connects", outcome);
  }

  /** With little memory, so that a forged length is more than there is. */
  private ChildJvm start(final DamagingProxy proxy, final RedisBackend.Mode mode) {
    final ChildJvm child =
        stage.start(Stage.jvm(RedisCounter.class, proxy.uri(), mode).option("-Xmx64m"));
    child.await("counting", GUARD);
    return child;
  }

  private static void await(
      final ChildJvm child, final BooleanSupplier condition, final Duration guard) {
    final long deadline = System.nanoTime() + guard.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(child.isAlive()).as(child.output()).isTrue();
      assertThat(System.nanoTime() - deadline).as("not in time:\n" + child.output()).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Has it stop, count something new and carry everything; how many rounds each thread made. */
  private static long end(final ChildJvm child) {
    child.command("stop");
    final long counted = Long.parseLong(child.await("counted ", GUARD));
    child.command("fresh");
    awaitFresh(child);
    child.command("close");
    child.await("closed", GUARD);
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
    assertThat(child.output()).doesNotContain("WRONG");
    assertThat(counted).isPositive();
    return counted;
  }

  /** While the child lives: what only its end brings right is not right. */
  private static void awaitFresh(final ChildJvm child) {
    final String all = Integer.toString(RedisCounter.FRESH);
    try (Jedis client = redis.client()) {
      await(child, () -> all.equals(client.hget("narthex:{fresh}", "c ")), RECOVERY);
    }
  }

  private static void check(final double counted) {
    try (MetricRegistry viewer = MetricRegistry.create(RedisBackend.connect(redis.uri()))) {
      final Page page = Page.of(viewer);
      assertThat(page.sum("fresh_total")).isEqualTo(RedisCounter.FRESH);
      if (counted > 0) {
        assertThat(page.sum("hits_total")).isEqualTo(counted);
        assertThat(page.sum("bytes_total")).isEqualTo(counted * 0.25);
        assertThat(page.sum("level")).isEqualTo(counted * 2.0);
        assertThat(page.sum("parts")).isEqualTo(counted);
        assertThat(page.sum("size_count")).isEqualTo(counted);
      }
    }
  }
}
