package io.narthex.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Ledger;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.SegmentRow;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * A process that stays and a stream of others that come and go count into one file, for 20 s; for
 * longer by {@code -Dnarthex.stress.soak.seconds=1800}, and until at least so many have come as
 * {@code -Dnarthex.stress.soak.generations=1000} says. What the resident process needs after a
 * third of the time is what it needs at the end, and the file has the size that its format tells.
 */
@Timeout(value = 100, unit = TimeUnit.HOURS)
final class SoakTest {
  private static final long SECONDS = Long.getLong("narthex.stress.soak.seconds", 20);
  private static final long GENERATIONS = Long.getLong("narthex.stress.soak.generations", 6);
  private static final int AT_ONCE = 2;
  private static final int PASS_MILLIS = 500;
  private static final Duration GUARD = Duration.ofMinutes(2);

  /** A removed counter's note: 16 bytes, and 8 for each of its two sums. */
  private static final int NOTE = 32;

  /** In a short run code is still being compiled between the two looks. */
  private static final boolean LONG = GENERATIONS >= 1_000;

  /** What a garbage collector may leave or not. */
  private static final long HEAP_SLACK = LONG ? 512 << 10 : 2 << 20;

  /** What the JVM itself may take for code and more; its heap is in memory from the start. */
  private static final long OTHER_SLACK = LONG ? 8 << 20 : 64 << 20;

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("soak.nx");
  private final Random random = new Random(11);
  private final List<Ledger> ledgers = new ArrayList<>();
  private final Deque<ChildJvm> alive = new ArrayDeque<>();
  private ChildJvm resident;
  private int figuresSaid;
  private int workedSaid;
  private int killed;

  @Test
  void shouldNeedNoMoreAfterALongTimeThanAfterAShortOne(final TestReporter reporter)
      throws IOException {
    resident =
        stage.start(
            Stage.jvm(SoakResident.class, file)
                .option("-Xms64m")
                .option("-Xmx64m")
                .option("-XX:+AlwaysPreTouch"));
    resident.await("ready", GUARD);
    // A worker has registered and counted all before the file's growth is predicted.
    recycle();
    recycle();
    final long[] start = figures();
    final List<SegmentRow> before = SegmentRow.of(file);

    final long begin = System.nanoTime();
    workUntil(begin, SECONDS / 3, GENERATIONS / 3);
    final int earlySegments = SegmentRow.of(file).size();
    final long[] early = figures();
    workUntil(begin, SECONDS, GENERATIONS);
    final long[] late = figures();
    final int lateSegments = SegmentRow.of(file).size();

    final long served = finish();
    FileVerifier.verify(file);
    final Page page = Page.of(file);
    final long acknowledged =
        served + 1 + ledgers.stream().mapToLong(ledger -> ledger.sum(SoakWorker.SERVED)).sum();
    final long notes = (late[0] - start[0]) * NOTE;
    reporter.publishEntry("generations", Integer.toString(ledgers.size()));
    reporter.publishEntry("killed", Integer.toString(killed));
    reporter.publishEntry("requests", Long.toString(acknowledged));
    reporter.publishEntry("removals", Long.toString(late[0]));
    reporter.publishEntry("file bytes", Long.toString(Files.size(file)));
    reporter.publishEntry("heap early, late", early[1] + ", " + late[1]);
    reporter.publishEntry("scrape us early, late", early[4] / 1000 + ", " + late[4] / 1000);
    reporter.publishEntry("mappings early, late", early[5] + ", " + late[5]);
    reporter.publishEntry("other memory early, late", early[6] + ", " + late[6]);

    assertThat(page.sum("requests_total"))
        .isBetween((double) acknowledged, (double) acknowledged + killed);
    assertThat(2 * page.sum("halves_total"))
        .isBetween((double) acknowledged, (double) acknowledged + killed);
    assertThat(page.sum("latency_count"))
        .isBetween((double) acknowledged, (double) acknowledged + killed);

    assertThat(page.values("busy")).as("parts of processes that are gone").isEmpty();
    assertThat(page.value("last")).isPositive();

    assertThat(late[0]).as("removals").isGreaterThan(early[0]);
    assertThat(late[1]).as("bytes of the heap").isLessThan(early[1] + HEAP_SLACK);
    assertThat(late[2]).as("descriptors").isLessThanOrEqualTo(early[2]);
    assertThat(late[3]).as("threads").isLessThanOrEqualTo(early[3]);
    assertThat(late[4]).as("ns of a scrape").isLessThan(2 * early[4]);
    // One of what stands before the segments, and one of each segment.
    assertThat(early[5]).as("mappings").isGreaterThan(1);
    assertThat(late[5])
        .as("mappings, of %d segments and then %d", earlySegments, lateSegments)
        .isLessThanOrEqualTo(early[5] + lateSegments - earlySegments);
    assertThat(late[6]).as("bytes that are of no file").isLessThan(early[6] + OTHER_SLACK);

    assertThat(FileSizes.recordBytes(SegmentRow.of(file)))
        .as("bytes of records")
        .isEqualTo(FileSizes.recordBytes(before) + notes);
    assertThat(Files.size(file))
        .as("size of the file")
        .isEqualTo(FileSizes.afterRecords(before, notes, NOTE));
  }

  private void workUntil(final long begin, final long seconds, final long generations) {
    while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)
        || ledgers.size() < generations) {
      resident.command(Integer.toString(PASS_MILLIS));
      recycle();
      workedSaid++;
      said("worked ", workedSaid);
    }
  }

  /** Starts a worker, and ends the oldest one if there are enough of them. */
  private void recycle() {
    final Path path = stage.path("ledger-" + ledgers.size());
    final Ledger ledger = Ledger.open(path, 1);
    ledgers.add(ledger);
    final ChildJvm worker = stage.start(SoakWorker.class, file, path);
    worker.await("serving", GUARD);
    alive.add(worker);
    if (alive.size() > AT_ONCE) {
      end(alive.remove());
    }
  }

  private void end(final ChildJvm worker) {
    final int how = random.nextInt(3);
    if (how == 0) {
      assertThat(worker.kill()).as(worker.output()).isEqualTo(128 + 9);
      killed++;
    } else {
      worker.command(how == 1 ? "exit" : "close");
      assertThat(worker.awaitExit(GUARD)).as(worker.output()).isZero();
    }
  }

  /** Ends all; the resident's requests. */
  private long finish() {
    while (!alive.isEmpty()) {
      end(alive.remove());
    }
    resident.command("stop");
    resident.await("stopped", GUARD);
    assertThat(resident.awaitExit(GUARD)).as(resident.output()).isZero();
    return Long.parseLong(said("worked ", workedSaid));
  }

  /** Removals, bytes of the heap, descriptors, threads, ns of a scrape, mappings, other bytes. */
  private long[] figures() {
    resident.command("figures");
    figuresSaid++;
    return Arrays.stream(said("figures ", figuresSaid).split(" "))
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** The rest of the line with that prefix which comes n-th. */
  private String said(final String prefix, final int n) {
    return resident.await(prefix, n, GUARD);
  }
}
