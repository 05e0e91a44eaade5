package io.narthex.stress.fault;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.StateSet;
import java.util.List;
import java.util.stream.IntStream;

/** All scenarios. A new one is an entry in this list. */
final class Scenarios {
  private static final int RETRIES = 20;
  private static final long RETRY_MILLIS = 1_100;

  /** More than a small file's first segment of records. */
  private static final String LONG_TEXT = "x".repeat(200_000);

  static final List<Scenario> ALL =
      List.of(
          new Scenario("create the file")
              .fromNothing()
              .then("register", Scenarios::done)
              .then("count", r -> done(r).inc())
              .through(
                  "FileCreator.build", "FileCreator.write", "FileIo.writeZeros", "Segment.touch"),
          new Scenario("create series")
              .then("register a counter", Scenarios::jobs)
              .then("count", r -> jobs(r, "a").inc(2))
              .then("count again", r -> jobs(r, "a").inc())
              .then("count another", r -> jobs(r, "b").inc())
              .then("register a histogram", Scenarios::sizes)
              .then("observe", r -> sizes(r).labelValues("a").observe(5))
              .then("observe again", r -> sizes(r).labelValues("a").observe(7))
              .then("register a gauge", Scenarios::level)
              .then("set", r -> level(r).labelValues("a").set(4))
              .then("add", r -> level(r).labelValues("a").inc(3))
              .then("register and set a state", r -> breaker(r).set("open"))
              .through(
                  "Families.changeState", "Records.store", "RecordIndex.probe", "Segment.take"),
          // The file was copied from where it was prepared: whoever prepared it has no lock here.
          new Scenario("take a dead process's row")
              .opening()
              .prepared(r -> jobs(r, "a").inc(4))
              .then("count", r -> jobs(r, "a").inc(2))
              .through("LockFile.tryLock", "ProcessTable.changeOwner", "ProcessTable.describe"),
          new Scenario("retire a dead process's part")
              .opening()
              .prepared(r -> total(r, "a").inc(4))
              .prepared(r -> total(r, "b").inc(40))
              .then("add", r -> total(r, "a").inc(2))
              .then("add to the other", r -> total(r, "b").inc(20))
              .then("add again", r -> total(r, "a").inc(1))
              .through("PartStore.write", "Retired.replace", "Part.free", "Part.take"),
          // Of one process: a removal that is killed may have taken the parts of some and not of
          // others.
          new Scenario("remove a part")
              .then("add", r -> total(r, "a").inc(2))
              .then("remove", r -> total(r).remove("a"))
              .then("revive it", r -> total(r, "a").inc(3))
              .through("Part.unset", "Retired.replace"),
          new Scenario("open the file again")
              .twice()
              .prepared(r -> total(r, "a").inc(4))
              .then("add", r -> total(r, "a").inc(2))
              .then("count", r -> jobs(r, "a").inc())
              .through("ProcessTable.close", "Opener.attach", "Processes.joined"),
          new Scenario("reset an unused file")
              .resetting()
              .prepared(r -> jobs(r, "a").inc(4))
              .then("count", r -> jobs(r, "a").inc(2))
              .then("count again", r -> jobs(r, "a").inc())
              .through("FileCreator.build", "FileCreator.write", "Opener.replaceOrOpen"),
          new Scenario("replace a file of another layout")
              .replacing()
              .then("count", r -> jobs(r, "a").inc(2))
              .then("count again", r -> jobs(r, "a").inc())
              .through("FileCreator.build", "FileCreator.write", "Opener.replaceOrOpen"),
          new Scenario("count fractions")
              .prepared(r -> jobs(r, "a").inc(3))
              .then("half", r -> jobs(r, "a").inc(0.5))
              .then("quarter", r -> jobs(r, "a").inc(0.25))
              .then("whole", r -> jobs(r, "a").inc())
              .through("SeriesAccess.fraction", "MappedCounterSlot.addFirst"),
          new Scenario("remove")
              .prepared(r -> jobs(r, "a").inc(1.5))
              .prepared(r -> jobs(r, "b").inc(2))
              .prepared(r -> sizes(r).labelValues("a").observe(5))
              .prepared(r -> level(r).labelValues("a").set(4))
              .then("remove a counter", r -> jobs(r).remove("a"))
              .then("revive it", r -> jobs(r, "a").inc(5))
              .then("remove a histogram", r -> sizes(r).remove("a"))
              .then("revive it", r -> sizes(r).labelValues("a").observe(50))
              .then("remove a gauge", r -> level(r).remove("a"))
              .then("revive it", r -> level(r).labelValues("a").set(6))
              .then("clear counters", r -> jobs(r).clear())
              .then("revive one", r -> jobs(r, "b").inc(0.5))
              .through("SeriesStore.rebase", "SeriesStore.unset", "SeriesStore.revive"),
          new Scenario("unregister")
              .prepared(r -> jobs(r, "a").inc(3))
              .then("unregister", r -> r.unregister("jobs_total"))
              .then("register again", Scenarios::jobs)
              .then("count again", r -> jobs(r, "a").inc())
              // Not the steps: a handle of the family that another process takes out counts
              // nowhere.
              .meanwhile(r -> level(r).labelValues("b").set(1))
              .through("Families.changeState"),
          new Scenario("grow records in the background")
              .prepared(Scenarios::jobs)
              .filled("old_total", (r, n) -> old(r).labelValues("%06d".formatted(n)).inc())
              .then("create", r -> jobs(r, "yyyyyy").inc())
              .then("create another", r -> jobs(r, "zzzzzz").inc())
              .through("Grower.publish", "FileIo.writeZeros", "LockFile.tryLockGrowth"),
          new Scenario("grow records for one that waits")
              .prepared(r -> jobs(r, "a").inc())
              .then("create", r -> jobs(r, LONG_TEXT).inc(2))
              .then("count", r -> jobs(r, "a").inc())
              .through("Grower.publish", "FileIo.writeZeros", "LockFile.tryLockGrowth"),
          new Scenario("find no room to grow")
              .limited(560)
              .prepared(r -> jobs(r, "a").inc())
              .then("register in vain", Scenarios::described)
              .then("count", r -> jobs(r, "a").inc(2))
              .through("FileIo.extend", "FileIo.writeZeros", "Grower.grow"),
          new Scenario("grow cells")
              .prepared(r -> wide(r, "wide"))
              .filled("old", (r, n) -> wide(r, "old").labelValues("%06d".formatted(n)).observe(n))
              .then("create", r -> wide(r, "wide").labelValues("yyyyyy").observe(1))
              .then("observe", r -> wide(r, "wide").labelValues("yyyyyy").observe(2))
              .through("Grower.publish", "FileIo.writeZeros", "LockFile.tryLockGrowth"),
          new Scenario("grow the index")
              .prepared(r -> jobs(r, "a").inc())
              // Each leaves a word behind where the name's next one would be looked for.
              .filled(
                  "level",
                  (r, n) -> {
                    level(r);
                    r.unregister("level");
                  })
              .then("register", r -> patiently(() -> level(r)))
              .then("set", r -> level(r).labelValues("a").set(4))
              .meanwhile(r -> jobs(r, "b").inc())
              .through("Grower.publish", "FileIo.writeZeros", "LockFile.tryLockGrowth"));

  /** Those in which no process keeps others from the file: who replaces it does. */
  static final List<Scenario> STOPPED =
      ALL.stream().filter(scenario -> !scenario.isReplacing()).toList();

  private Scenarios() {}

  static Scenario named(final String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst().orElseThrow();
  }

  private static Counter jobs(final MetricRegistry registry) {
    return Counter.builder("jobs_total").labelNames("queue").register(registry);
  }

  private static Counter jobs(final MetricRegistry registry, final String queue) {
    return jobs(registry).labelValues(queue);
  }

  private static Gauge total(final MetricRegistry registry) {
    return Gauge.builder("total").mode(GaugeMode.SUM).labelNames("queue").register(registry);
  }

  private static Gauge total(final MetricRegistry registry, final String queue) {
    return total(registry).labelValues(queue);
  }

  private static Histogram sizes(final MetricRegistry registry) {
    return Histogram.builder("sizes").labelNames("queue").buckets(1, 10).register(registry);
  }

  private static Counter done(final MetricRegistry registry) {
    return Counter.builder("done_total").register(registry);
  }

  /** A metric of which nothing is shown, and for which there need not be room. */
  private static void described(final MetricRegistry registry) {
    try {
      Counter.builder("described_total").help(LONG_TEXT).labelNames("queue").register(registry);
    } catch (final NarthexException e) {
      // As the file cannot grow.
    }
  }

  private static Counter old(final MetricRegistry registry) {
    return Counter.builder("old_total").labelNames("queue").register(registry);
  }

  private static Histogram wide(final MetricRegistry registry, final String name) {
    return Histogram.builder(name)
        .labelNames("queue")
        .buckets(IntStream.range(0, 400).asDoubleStream().toArray())
        .register(registry);
  }

  private static Gauge level(final MetricRegistry registry) {
    return Gauge.builder("level").labelNames("queue").register(registry);
  }

  private static StateSet breaker(final MetricRegistry registry) {
    return StateSet.builder("breaker").states("open", "closed").register(registry);
  }

  /** Registration may throw where the file does not grow in time, as while it is stopped. */
  private static void patiently(final Runnable registration) {
    for (int attempt = 1; ; attempt++) {
      try {
        registration.run();
        return;
      } catch (final NarthexException e) {
        if (attempt == RETRIES) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (final InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
