package io.narthex.tools.history;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.StopSignal;
import io.narthex.tools.reading.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Takes a reading after each interval, and writes it to a history. */
final class Recording {
  private final WatchedPath file;
  private final MetricRegistry registry;
  private final HistoryWriter writer;
  private final Consumer<String> complaints;
  private String failure = "";

  /**
   * A recording of what a registry shows.
   *
   * @param file what it shows is from
   * @param complaints who is told, once each time, that the file cannot be read
   */
  Recording(
      final Path file,
      final MetricRegistry registry,
      final HistoryWriter writer,
      final Consumer<String> complaints) {
    this.file = new WatchedPath(file);
    this.registry = registry;
    this.writer = writer;
    this.complaints = complaints;
  }

  /** Runs until it is stopped, or has so many moments; returns how many there are. */
  long run(final Duration every, final long count, final StopSignal stop) {
    long moments = 0;
    long next = System.nanoTime();
    writer.note(System.currentTimeMillis(), "recording begins");
    do {
      if (turn()) {
        moments++;
      }
      // What was missed while the machine was slow is not made up for.
      next = Math.max(next + every.toNanos(), System.nanoTime());
    } while ((count == 0 || moments < count)
        && !stop.await(Duration.ofNanos(next - System.nanoTime())));
    writer.note(System.currentTimeMillis(), "recording ends");
    return moments;
  }

  /** Records a moment, if there is one. */
  private boolean turn() {
    final String news = file.news();
    if (news != null) {
      writer.note(System.currentTimeMillis(), news);
    }
    final Reading reading = read();
    if (reading != null) {
      writer.write(reading);
    }
    return reading != null;
  }

  private void fail(final String reason) {
    if (!failure.equals(reason)) {
      failure = reason;
      complaints.accept(reason);
      writer.note(System.currentTimeMillis(), reason);
    }
  }

  /** Null if the file cannot be read now: another one may come to its path. */
  private Reading read() {
    try {
      final Reading reading = Reading.of(registry);
      failure = "";
      return reading;
    } catch (final NarthexException e) {
      fail(e.getMessage());
      return null;
    }
  }
}
