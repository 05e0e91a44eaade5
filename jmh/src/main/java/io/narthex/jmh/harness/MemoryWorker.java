package io.narthex.jmh.harness;

import io.narthex.jmh.CountingSink;
import io.narthex.jmh.Names;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;

/**
 * A JVM that creates series and says what they take: {@code MemoryWorker SUBJECT KIND FILE STRIPES
 * SERIES}. It answers with two numbers, bytes of the heap and bytes of the file.
 */
final class MemoryWorker {
  private static final int WARM_UP_SERIES = 1_000;

  private MemoryWorker() {}

  public static void main(final String... args) throws IOException, InterruptedException {
    final Parent parent = Parent.listen();
    final String name = args[0];
    final String kind = args[1];
    final Path file = Path.of(args[2]);
    final int stripes = Integer.parseInt(args[3]);
    final int series = Integer.parseInt(args[4]);
    final Names names = new Names(Names.SERIES);
    final CountingSink out = new CountingSink();
    // What classes keep, and what an update or a page needs once, is there before the first look.
    final Path other = file.resolveSibling("warm-up.nx");
    try (Subject warmUp = Subject.open(name, kind, other, stripes)) {
      warmUp.create(names, WARM_UP_SERIES);
      warmUp.page(out);
    }
    try (Subject subject = Subject.open(name, kind, file, stripes)) {
      subject.page(out);
      final long fileBefore = subject.fileBytes();
      final long heapBefore = usedHeap();
      subject.create(names, series);
      subject.page(out);
      final long heap = usedHeap() - heapBefore;
      parent.say(heap + " " + (subject.fileBytes() - fileBefore));
    } finally {
      // Both looks see the strings.
      Reference.reachabilityFence(names);
    }
  }

  /** What is reachable, after a full collection by a collector that moves everything together. */
  private static long usedHeap() throws InterruptedException {
    System.gc();
    // What cleaners and other threads hold on to for a moment.
    Thread.sleep(50);
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
