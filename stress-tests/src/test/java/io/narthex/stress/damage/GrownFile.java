package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file with what {@link SampleFile} has, in several segments of each kind: the second index has a
 * family and series, the second segments of records and cells have something of everything, and
 * what is in the first ones leads to some of it. Not by being full, which would make it a slow one:
 * what the first segments have left is taken and left alone, as by processes that were killed.
 */
final class GrownFile {
  /** Of a key in the index: as many words as it may be found in. */
  private static final int WINDOW = 64;

  private static final int EARLY = SampleFile.SERIES / 2;
  private static final int LATE = SampleFile.SERIES / 4;
  private static final int CROWDED_PARTS = 1;

  private GrownFile() {}

  static void write(final Path file) {
    try (MetricRegistry registry = MetricRegistry.create(SampleFile.open(file))) {
      begin(registry);
    }
    exhaust(file);
    try (MetricRegistry registry = MetricRegistry.create(SampleFile.open(file))) {
      goOn(registry, file);
    }
    // Retires parts in the later segments.
    try (MetricRegistry registry = MetricRegistry.create(SampleFile.open(file))) {
      SampleFile.setParts(registry, SampleFile.PART_SERIES);
    }
    SampleFile.addProcess(file);
  }

  private static void begin(final MetricRegistry registry) {
    final Histogram histogram = SampleFile.histogram(registry);
    for (int n = 0; n < EARLY; n++) {
      histogram.labelValues("n" + n).observe(n);
    }
    histogram.remove("n4");
    SampleFile.gauge(registry).set(17);
    SampleFile.setParts(registry, 1);
    for (int i = 0; i < WINDOW; i++) {
      SampleFile.counter(registry);
      registry.unregister("c_total");
    }
  }

  private static void goOn(final MetricRegistry registry, final Path file) {
    final Counter counter = SampleFile.counter(registry);
    for (int n = 0; n < EARLY; n++) {
      count(counter, "n" + n, n + 1);
    }
    counter.remove("n3");
    final Histogram histogram = SampleFile.histogram(registry);
    histogram.remove("n5");
    SampleFile.setParts(registry, SampleFile.PART_SERIES);
    SampleFile.addOthers(registry);

    final byte[] bytes = read(file);
    final Crowd crowd = new Crowd(bytes, "c");
    final List<String> counted = crowd.labels(family(bytes, "c"), LATE);
    for (final String label : counted) {
      count(counter, label, 2);
    }
    counter.remove(counted.get(0));
    final List<String> observed = crowd.labels(family(bytes, "h"), LATE);
    for (final String label : observed) {
      histogram.labelValues(label).observe(6);
    }
    histogram.remove(observed.get(0));
    for (final GaugeMode mode : SampleFile.PART_MODES) {
      final Gauge parts = SampleFile.parts(registry, mode);
      for (final String label :
          crowd.labels(family(bytes, SampleFile.partsName(mode)), CROWDED_PARTS)) {
        parts.labelValues(label).set(4);
      }
    }
  }

  private static void count(final Counter counter, final String label, final int amount) {
    counter.labelValues(label).inc(amount);
    counter.labelValues(label).inc(0.5);
  }

  /** Where the record of the active family of a name is. */
  private static int family(final byte[] bytes, final String name) {
    return Fields.of(bytes).records().stream()
        .filter(record -> record.kind() == FileLayout.FAMILY)
        .mapToInt(Fields.Entry::at)
        .filter(at -> FileLayout.isActive(FileLayout.buffer(bytes), at))
        .filter(at -> FileLayout.name(bytes, at).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void exhaust(final Path file) {
    final byte[] bytes = read(file);
    final ByteBuffer buffer = FileLayout.buffer(bytes);
    FileLayout.exhaust(buffer, FileLayout.RECORDS);
    FileLayout.exhaust(buffer, FileLayout.CELLS);
    try {
      // In its place: the file may still be mapped, and must not be truncated.
      Files.write(file, bytes, StandardOpenOption.WRITE);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(final Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
