package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.Summary;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * A file with something of everything in it: all types, removed series, an unregistered family,
 * parts of living and dead processes in the first and in a further block.
 */
final class SampleFile {
  static final int SERIES = 20;
  static final int PART_SERIES = 3;

  /** One mode of each kind: what the dead leave is kept, or goes; one value, or one for each. */
  static final List<GaugeMode> PART_MODES =
      List.of(GaugeMode.SUM, GaugeMode.MAX, GaugeMode.ALL, GaugeMode.LIVE_SUM, GaugeMode.LIVE_ALL);

  private static final int STRIPES = 4;
  private static final int OTHER_ROW = STRIPES + 1;

  private SampleFile() {}

  static MappedBackend open(final Path file) {
    return MappedBackend.builder(file)
        .initialSize(512 << 10)
        .maxSize(8 << 20)
        .stripes(STRIPES)
        .open();
  }

  static void write(final Path file) {
    try (MetricRegistry registry = MetricRegistry.create(open(file))) {
      final Counter counter = counter(registry);
      final Histogram histogram = histogram(registry);
      for (int n = 0; n < SERIES; n++) {
        counter.labelValues("n" + n).inc(n + 1);
        counter.labelValues("n" + n).inc(0.5);
        histogram.labelValues("n" + n).observe(n);
      }
      counter.remove("n3");
      histogram.remove("n4");
      gauge(registry).set(17);
      addOthers(registry);
      setParts(registry, PART_SERIES);
    }
    // Another generation, which finds the parts of a dead one.
    try (MetricRegistry registry = MetricRegistry.create(open(file))) {
      setParts(registry, PART_SERIES);
    }
    addProcess(file);
  }

  /** One of each type that has no labels, and a family that is no more. */
  static void addOthers(final MetricRegistry registry) {
    Gauge.builder("g_most_recent").mode(GaugeMode.MOST_RECENT).register(registry).set(1);
    summary(registry).observe(2);
    states(registry).set("on");
    Counter.builder("gone_total").register(registry).inc();
    registry.unregister("gone_total");
  }

  /** Sets this process's parts of so many series of each mode. */
  static void setParts(final MetricRegistry registry, final int series) {
    for (final GaugeMode mode : PART_MODES) {
      final Gauge parts = parts(registry, mode);
      for (int n = 0; n < series; n++) {
        parts.labelValues("n" + n).set(n + 1);
      }
    }
    info(registry).labelValues("1").set();
  }

  /**
   * Adds a dead process whose row has its parts in a second block, for which it would otherwise
   * take as many living processes as there are stripes.
   */
  static void addProcess(final Path file) {
    try {
      final byte[] bytes = Files.readAllBytes(file);
      final ByteBuffer buffer = FileLayout.buffer(bytes);
      final long incarnation = buffer.getLong(FileLayout.INCARNATIONS) + 1;
      buffer.putLong(FileLayout.INCARNATIONS, incarnation);
      buffer.putLong(FileLayout.PROCESSES + OTHER_ROW * FileLayout.ROW, incarnation);
      for (final Fields.Entry record : Fields.of(bytes).records()) {
        if (record.kind() == FileLayout.SERIES && FileLayout.hasParts(buffer, record.at())) {
          final int node = FileLayout.take(buffer, FileLayout.RECORDS, 16);
          final int cells = FileLayout.take(buffer, FileLayout.CELLS, 2);
          buffer.putLong(node + Long.BYTES, cells);
          buffer.putLong(record.at() + FileLayout.FRACTION, node);
          final int part = cells + (OTHER_ROW % STRIPES) * (int) FileLayout.stride(buffer, cells);
          buffer.putLong(part, incarnation);
          buffer.putLong(part + Long.BYTES, Double.doubleToLongBits(3));
        }
      }
      // In its place: the file may still be mapped, and must not be truncated.
      Files.write(file, bytes, StandardOpenOption.WRITE);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Counter counter(final MetricRegistry registry) {
    return Counter.builder("c_total").help("Counted.").labelNames("n").register(registry);
  }

  static Histogram histogram(final MetricRegistry registry) {
    return Histogram.builder("h").labelNames("n").buckets(1, 5, 10).register(registry);
  }

  static Gauge gauge(final MetricRegistry registry) {
    return Gauge.builder("g").register(registry);
  }

  static Gauge parts(final MetricRegistry registry, final GaugeMode mode) {
    return Gauge.builder(partsName(mode)).mode(mode).labelNames("n").register(registry);
  }

  static String partsName(final GaugeMode mode) {
    return "parts_" + mode.name().toLowerCase(Locale.ROOT);
  }

  static Summary summary(final MetricRegistry registry) {
    return Summary.builder("s").register(registry);
  }

  static Info info(final MetricRegistry registry) {
    return Info.builder("build").labelNames("v").register(registry);
  }

  static StateSet states(final MetricRegistry registry) {
    return StateSet.builder("state").states("on", "off").register(registry);
  }
}
