package io.narthex.tools.migrate;

import io.narthex.BucketException;
import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.Histogram;
import io.narthex.LabelValidationException;
import io.narthex.MetricConflictException;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.Summary;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.DistributionSlot;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.Slot;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.file.NewName;
import io.narthex.tools.migrate.Remarks.Kind;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Failures;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes a mapped file that holds what was gathered. It is built beside its path, read again and
 * compared, and only then gets its name, so that there is no half of one.
 */
final class NewFile {
  static final String OVERFLOW = "__overflow__";
  private static final long INITIAL_SIZE = 4 << 20;

  private final NewName name;
  private final MetricRegistry registry;
  private final MappedBackend backend;
  private final Remarks remarks = new Remarks();

  private NewFile(final NewName name, final MetricRegistry registry, final MappedBackend backend) {
    this.name = name;
    this.registry = registry;
    this.backend = backend;
  }

  /**
   * Writes a file.
   *
   * @param path where; there must be none
   * @param maxSize what the file may grow to, now and in use
   * @return what it holds, and what it cannot, a line each
   * @throws NarthexException if it cannot be written, or is there
   */
  static Origin write(final Path path, final long maxSize, final Reading reading) {
    if (Files.exists(path)) {
      throw exists(path, null);
    }
    try (NewName name = new NewName(path);
        EngineWarnings warnings = EngineWarnings.keep()) {
      final Path building = name.beside();
      final Origin written;
      try {
        written = build(name, maxSize, reading);
      } catch (final NarthexException e) {
        throw new NarthexException(EngineWarnings.named(e.getMessage(), building, path), e);
      }
      name.give();
      warnings.tell(building, path);
      return written;
    } catch (final FileAlreadyExistsException e) {
      throw exists(path, e);
    } catch (final IOException e) {
      throw new NarthexException("cannot write " + path + ": " + Failures.reason(e), e);
    }
  }

  private static Origin build(final NewName name, final long maxSize, final Reading reading) {
    final MappedBackend backend = name.making(() -> open(name.beside(), maxSize));
    try (MetricRegistry registry = MetricRegistry.create(backend)) {
      final NewFile file = new NewFile(name, registry, backend);
      final Reading written = file.fill(reading);
      Comparison.requireSame(written, Reading.of(registry));
      Comparison.requireSame(written, NarthexFile.read(name.beside()));
      return new Origin(written, file.remarks.lines());
    }
  }

  private static MappedBackend open(final Path path, final long maxSize) {
    return MappedBackend.builder(path)
        .initialSize(Math.min(INITIAL_SIZE, maxSize))
        .maxSize(maxSize)
        .open();
  }

  private static NarthexException exists(final Path path, final IOException e) {
    return new NarthexException(path + " is there already; delete it, or give another name", e);
  }

  /** Returns what of it the file can hold. */
  private Reading fill(final Reading reading) {
    final List<ReadingFamily> filled = new ArrayList<>();
    for (final ReadingFamily family : reading.families()) {
      final BackendFamily held = name.making(() -> held(family.descriptor()));
      if (held == null) {
        continue;
      }
      filled.add(family);
      for (final ReadingSeries series : family.series()) {
        // Each of them may make the file grow, for which its lock file is made if it is not there.
        name.making(
            () -> {
              add(held, series);
              return null;
            });
      }
    }
    return Reading.of(reading.takenMillis(), filled);
  }

  /** Null, with a remark, if a page could not show it. */
  private BackendFamily held(final FamilyDescriptor family) {
    try {
      declare(family);
    } catch (final IllegalArgumentException
        | MetricConflictException
        | LabelValidationException
        | BucketException e) {
      remarks.leftOut(Kind.METRICS, e.getMessage());
      return null;
    }
    return backend.register(family, overflow(family.labelNames()));
  }

  private static void add(final BackendFamily held, final ReadingSeries series) {
    final Map<String, String> labels = series.labels();
    final Slot slot =
        held.slot(
            LabelSet.of(
                labels.keySet().toArray(new String[0]), labels.values().toArray(new String[0])));
    if (slot.isOverflow()) {
      throw new NarthexException(
          "there is no room for all series; give more --max-size, or room on the file system");
    }
    fill(slot, series);
  }

  private static void fill(final Slot slot, final ReadingSeries series) {
    if (slot instanceof CounterSlot counter) {
      final double value = series.value();
      if (value == (int) value) {
        counter.add((int) value);
      } else {
        counter.add(value);
      }
    } else if (slot instanceof DistributionSlot distribution) {
      double sum = series.sum();
      for (int i = 0; i < series.bucketCount(); i++) {
        if (series.bucket(i) > 0) {
          distribution.observeMany(i, series.bucket(i), sum);
          sum = 0;
        }
      }
    } else {
      ((GaugeSlot) slot).set(series.value());
    }
  }

  /** By the public face, which refuses names that a page could not show. */
  private void declare(final FamilyDescriptor family) {
    final String name = family.name() + family.type().nameSuffix();
    final String[] labels = family.labelNames().toArray(new String[0]);
    switch (family.type()) {
      case COUNTER ->
          Counter.builder(name).help(family.help()).labelNames(labels).register(registry);
      case GAUGE ->
          Gauge.builder(name)
              .help(family.help())
              .labelNames(labels)
              .mode(family.gaugeMode())
              .register(registry);
      case HISTOGRAM -> {
        final double[] bounds = new double[family.boundCount()];
        Arrays.setAll(bounds, family::bound);
        Histogram.builder(name)
            .help(family.help())
            .labelNames(labels)
            .buckets(bounds)
            .register(registry);
      }
      case SUMMARY ->
          Summary.builder(name).help(family.help()).labelNames(labels).register(registry);
      case INFO, STATESET -> throw new IllegalArgumentException("nobody else has " + family);
    }
  }

  private static LabelSet overflow(final List<String> labelNames) {
    if (labelNames.isEmpty()) {
      return null;
    }
    final String[] values = new String[labelNames.size()];
    Arrays.fill(values, OVERFLOW);
    return LabelSet.of(labelNames.toArray(new String[0]), values);
  }
}
