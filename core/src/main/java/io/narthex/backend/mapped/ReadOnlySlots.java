package io.narthex.backend.mapped;

import io.narthex.NarthexException;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.DistributionSlot;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.Slot;
import java.nio.file.Path;
import java.util.Arrays;

/** Slots of a file that is open for reading only: they have values, and any update is an error. */
final class ReadOnlySlots {
  private ReadOnlySlots() {}

  static Slot of(
      final FamilyDescriptor family,
      final Path path,
      final SeriesAccess series,
      final long offset) {
    final String message =
        "cannot update "
            + Excerpt.of(family.name())
            + ": "
            + path
            + " was opened with openReadOnly";
    return switch (family.type()) {
      case COUNTER -> new Counter(message, series, offset);
      case HISTOGRAM, SUMMARY -> new Distribution(message, series, offset);
      default -> new Gauge(message, series, offset);
    };
  }

  /** Handles that are kept after their backend was closed never throw. */
  private static void refuse(final String message, final SeriesAccess series) {
    if (!series.isViewerClosed()) {
      throw new NarthexException(message);
    }
  }

  private static final class Counter extends CounterSlot {
    private final String message;
    private final SeriesAccess series;
    private final long offset;

    Counter(final String message, final SeriesAccess series, final long offset) {
      this.message = message;
      this.series = series;
      this.offset = offset;
    }

    @Override
    public void add(final int amount) {
      refuse(message, series);
    }

    @Override
    public void add(final double amount) {
      refuse(message, series);
    }

    @Override
    public double value() {
      return series.guarded(
          0.0,
          () -> {
            final SeriesCursor cursor = series.read(offset);
            return cursor == null ? 0.0 : cursor.value();
          });
    }
  }

  private static final class Gauge extends GaugeSlot {
    private final String message;
    private final SeriesAccess series;
    private final long offset;

    Gauge(final String message, final SeriesAccess series, final long offset) {
      this.message = message;
      this.series = series;
      this.offset = offset;
    }

    @Override
    public void set(final double value) {
      refuse(message, series);
    }

    @Override
    public void add(final double amount) {
      refuse(message, series);
    }

    @Override
    public void unset() {
      refuse(message, series);
    }

    @Override
    public double value() {
      return series.guarded(Double.NaN, () -> series.gauge(offset));
    }
  }

  private static final class Distribution extends DistributionSlot {
    private final String message;
    private final SeriesAccess series;
    private final long offset;

    Distribution(final String message, final SeriesAccess series, final long offset) {
      this.message = message;
      this.series = series;
      this.offset = offset;
    }

    @Override
    public void observe(final int bucket, final double value) {
      refuse(message, series);
    }

    @Override
    public long count() {
      return series.guarded(
          0L,
          () -> {
            final SeriesCursor cursor = series.read(offset);
            return cursor == null ? 0L : cursor.count();
          });
    }

    @Override
    public long bucket(final int index) {
      return series.guarded(
          0L,
          () -> {
            final SeriesCursor cursor = series.read(offset);
            return cursor == null ? 0L : cursor.bucket(index);
          });
    }

    @Override
    public void buckets(final long[] counts) {
      final boolean read =
          series.guarded(
              false,
              () -> {
                final SeriesCursor cursor = series.read(offset);
                for (int b = 0; b < counts.length; b++) {
                  counts[b] = cursor == null ? 0 : cursor.bucket(b);
                }
                return true;
              });
      if (!read) {
        Arrays.fill(counts, 0);
      }
    }

    @Override
    public double sum() {
      return series.guarded(
          0.0,
          () -> {
            final SeriesCursor cursor = series.read(offset);
            return cursor == null ? 0.0 : cursor.sum();
          });
    }
  }
}
