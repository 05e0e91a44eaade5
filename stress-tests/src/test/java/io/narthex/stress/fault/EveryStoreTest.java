package io.narthex.stress.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ClassArchive;
import io.narthex.stress.harness.RunningClock;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Kills, and in other runs stops, a process after the stores that a scenario makes: one run and one
 * JVM for each. A record that is copied counts as two stores, a half and the whole; up to 256 KiB
 * of zeros, which one call writes to the file, count as one.
 *
 * <p>It stops a process only after the first of the stores that are alike, those of one method in
 * one thread. Of the points that come so it takes every eighth, {@code
 * -Dnarthex.stress.faults=each} takes each one, and {@code all} also stops a process after all
 * stores.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class EveryStoreTest {
  private static final String FORM = System.getProperty("narthex.stress.faults", "");
  private static final boolean ALL = FORM.equals("all");
  private static final int STEP = ALL || FORM.equals("each") ? 1 : 8;

  /** A run takes a fraction of a second: whoever takes so long waits for something. */
  private static final Duration GUARD = Duration.ofMinutes(2);

  private static final Map<String, Rehearsal> REHEARSALS = new HashMap<>();

  /** Off meanwhile: it repeats the labels, some of which fill a segment, for each run. */
  private static final Logger OVERFLOWS =
      Logger.getLogger("io.narthex.backend.mapped.MappedFamily");

  private static Stage stage;
  private static ClassArchive classes;
  private static ExecutorService pool;
  private static RunningClock clock;

  @BeforeAll
  static void open() throws IOException {
    OVERFLOWS.setLevel(Level.OFF);
    stage = Stage.open();
    clock = RunningClock.start();
    classes = ClassArchive.in(Files.createDirectory(stage.path("classes")));
    pool = Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
    Rehearsal.of(Scenarios.ALL.get(0), stage, classes::giving);
  }

  @AfterAll
  static void close() {
    pool.shutdownNow();
    clock.close();
    stage.close();
    OVERFLOWS.setLevel(null);
  }

  @ParameterizedTest
  @FieldSource("io.narthex.stress.fault.Scenarios#ALL")
  void shouldLoseAndDoubleNothingWhenKilledAfterAnyStore(
      final Scenario scenario, final TestReporter reporter) throws IOException {
    final Rehearsal rehearsal = rehearsal(scenario);
    final List<Point> points = sampled(rehearsal.points());
    walk(rehearsal, points, EveryStoreTest::kill);
    reporter.publishEntry("points killed at", Integer.toString(points.size()));
  }

  private static List<Point> sampled(final List<Point> points) {
    return IntStream.range(0, points.size())
        .filter(i -> i % STEP == 0)
        .mapToObj(points::get)
        .toList();
  }

  private static void kill(final Run run, final Point point) {
    try (ChildJvm child = stage.start(classes.taking(run.jvm(point)))) {
      child.await("held at ", GUARD);
      assertThat(child.kill()).as(child.output()).isEqualTo(128 + 9);
    }
    run.goOn(run.checkSeen());
  }

  @ParameterizedTest
  @FieldSource("io.narthex.stress.fault.Scenarios#STOPPED")
  void shouldHoldUpNobodyWhenStoppedAfterAnyStore(
      final Scenario scenario, final TestReporter reporter) throws IOException {
    final Rehearsal rehearsal = rehearsal(scenario);
    final List<Point> points = sampled(ALL ? rehearsal.points() : rehearsal.kindsOfPoints());
    final AtomicInteger overflows = new AtomicInteger();
    walk(
        rehearsal,
        points,
        (run, point) -> {
          if (stop(run, point)) {
            overflows.incrementAndGet();
          }
        });
    reporter.publishEntry("points stopped at", Integer.toString(points.size()));
    reporter.publishEntry("times that others overflowed", overflows.toString());
  }

  private static boolean stop(final Run run, final Point point) {
    try (ChildJvm child = stage.start(classes.taking(run.jvm(point)))) {
      child.await("held at ", GUARD);
      child.signal("STOP");
      final int acknowledged = run.acknowledged();
      run.checkSeen();
      final boolean overflowed = run.goOnMeanwhile(acknowledged, clock);
      assertThat(run.acknowledged()).as("it is stopped").isEqualTo(acknowledged);
      child.signal("CONT");
      child.command("go on");
      child.await("ended", GUARD);
      assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
      run.checkEnd(acknowledged);
      return overflowed;
    }
  }

  /** Nothing happens to an application by accident. */
  @Test
  void shouldGoOnWithoutAHookWhenNoneIsMeantByTheName() throws IOException {
    final Rehearsal rehearsal = rehearsal(Scenarios.ALL.get(0));
    for (final String name : List.of("no.such.Hook", "java.lang.String", "")) {
      final Path directory = Files.createDirectory(stage.path("no-hook-" + name));
      final Run run = new Run(rehearsal, directory);
      try (ChildJvm child =
          stage.start(classes.taking(run.jvm(rehearsal.points().get(0)).option(hook(name))))) {
        child.await("ended", GUARD);
        assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
        assertThat(child.output()).contains(Run.HOOK + " names no hook").doesNotContain("held at");
      }
    }
  }

  private static String hook(final String name) {
    return "-D" + Run.HOOK + "=" + name;
  }

  private static Rehearsal rehearsal(final Scenario scenario) throws IOException {
    final Rehearsal known = REHEARSALS.get(scenario.name());
    if (known != null) {
      return known;
    }
    final Rehearsal rehearsed = Rehearsal.of(scenario, stage, classes::taking);
    REHEARSALS.put(scenario.name(), rehearsed);
    return rehearsed;
  }

  private static void walk(final Rehearsal rehearsal, final List<Point> points, final Fault fault) {
    final List<Future<?>> runs = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      final Point point = points.get(i);
      final Path directory = stage.path("run-" + i);
      runs.add(
          pool.submit(
              () -> {
                try {
                  Files.createDirectory(directory);
                  fault.strike(new Run(rehearsal, directory), point);
                } finally {
                  Stage.delete(directory);
                }
                return null;
              }));
    }
    final List<AssertionError> failures = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      final AssertionError failure = failure(points.get(i), runs.get(i));
      if (failure != null) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      final AssertionError first = failures.get(0);
      final AssertionError all =
          new AssertionError(
              failures.size()
                  + " of "
                  + points.size()
                  + " points failed, first "
                  + first.getMessage(),
              first);
      failures.stream().skip(1).forEach(all::addSuppressed);
      throw all;
    }
  }

  private static AssertionError failure(final Point point, final Future<?> run) {
    try {
      run.get(3 * GUARD.toSeconds(), TimeUnit.SECONDS);
      return null;
    } catch (final ExecutionException e) {
      return new AssertionError("at " + point + ": " + e.getCause().getMessage(), e.getCause());
    } catch (final TimeoutException e) {
      return new AssertionError("at " + point + ": something waits", e);
    } catch (final InterruptedException e) {
      return new AssertionError("at " + point + ": interrupted", e);
    }
  }

  /** What is done to a process at a point. */
  private interface Fault {
    void strike(Run run, Point point) throws IOException;
  }
}
