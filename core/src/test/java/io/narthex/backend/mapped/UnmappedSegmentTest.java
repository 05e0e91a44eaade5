package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A series lies in a segment that another process added, and that is not mapped here as yet. */
@Timeout(120)
final class UnmappedSegmentTest {
  /** It is to wait for 1 s; a busy machine may add to that, but not so much. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final LabelSet OVERFLOW = labels("__overflow__");
  private static final LabelSet MAIL = labels("mail");

  @TempDir private Path directory;

  private static LabelSet labels(final String queue) {
    return LabelSet.of(new String[] {"queue"}, new String[] {queue});
  }

  @Test
  void shouldNotWaitForTheFilesThreadForLong() throws Exception {
    final Path file = directory.resolve("metrics.nx");
    final FamilyDescriptor jobs =
        FamilyDescriptor.builder(MetricType.COUNTER, "jobs").labelNames(List.of("queue")).build();
    MappedBackend.builder(file).initialSize(512 << 10).open().close();
    final MappedStore store = MappedStore.open(file, true);
    final MappedStore other = MappedStore.open(file, true);
    final CountDownLatch release = new CountDownLatch(1);
    try {
      final MappedFamily family =
          new MappedFamily(store, store.families().register(jobs), OVERFLOW, SeriesCap.NONE);
      createInNewSegment(other);
      keepBusy(store, release);

      final long begin = System.nanoTime();
      assertThat(family.slot(MAIL).isOverflow()).isTrue();
      assertThat(System.nanoTime() - begin).isLessThan(MOST_NANOS);

      release.countDown();
      while (family.slot(MAIL).isOverflow()) {
        Thread.sleep(20); // it is tried again after a second
      }
    } finally {
      release.countDown();
      store.close();
      other.close();
    }
  }

  private static void createInNewSegment(final MappedStore store) {
    final Segment records = store.segments().newest(SegmentDescriptor.KIND_RECORDS);
    records.take(records.capacity() - records.used());
    assertThat(new SeriesStore(store, store.families().find("jobs")).findOrCreate(MAIL, false))
        .isGreaterThanOrEqualTo(records.mapping.fileOffset + records.mapping.length);
  }

  /** Returns when the file's thread has begun with something that takes until the release. */
  private static void keepBusy(final MappedStore store, final CountDownLatch release)
      throws InterruptedException {
    final CountDownLatch begun = new CountDownLatch(1);
    final Thread caller =
        new Thread(
            () -> {
              try {
                store.onThread(
                    () -> {
                      begun.countDown();
                      release.await();
                      return null;
                    });
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "keeps the file's thread busy");
    caller.setDaemon(true);
    caller.start();
    begun.await();
  }
}
