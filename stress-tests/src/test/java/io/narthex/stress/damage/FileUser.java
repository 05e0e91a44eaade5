package io.narthex.stress.damage;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.mapped.WhenIncompatible;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.Attempts;
import io.narthex.stress.harness.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Does with a file all that an application does with one; whatever comes of it is tried. */
final class FileUser {
  /** Those that there are, and some that are new. */
  private static final int USED_SERIES = SampleFile.SERIES + 5;

  private final Path file;
  private final Attempts attempts;

  FileUser(final Path file, final Attempts attempts) {
    this.file = file;
    this.attempts = attempts;
  }

  /** What became of a file that was opened for reading. */
  enum Outcome {
    REFUSED,
    SERVED,
    /** Some of its records were left out. */
    SERVED_IN_PART
  }

  /**
   * Looks at it as a viewer.
   *
   * @param sound whether checksums cover the labels, so that no damage may spoil the page
   */
  Outcome view(final boolean sound) {
    final Outcome[] outcome = {Outcome.REFUSED};
    attempts.attempt(
        "view",
        () -> {
          try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
            attempts.attempt("page", () -> outcome[0] = served(viewer));
            if (sound) {
              attempts.attempt("sound page", () -> Page.of(viewer));
            }
            scrape(viewer);
            look(viewer);
          }
        });
    return outcome[0];
  }

  private static Outcome served(final MetricRegistry viewer) throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(viewer, page);
    return page.toString(StandardCharsets.UTF_8).contains("\nnarthex_bad_records 0.0\n")
        ? Outcome.SERVED
        : Outcome.SERVED_IN_PART;
  }

  private void look(final MetricRegistry viewer) {
    final Counter[] counter = new Counter[1];
    attempts.attempt("find counter", () -> counter[0] = SampleFile.counter(viewer));
    final Histogram[] histogram = new Histogram[1];
    attempts.attempt("find histogram", () -> histogram[0] = SampleFile.histogram(viewer));
    attempts.attempt("find gauge", () -> SampleFile.gauge(viewer).value());
    attempts.attempt("find states", () -> SampleFile.states(viewer).state());
    for (int n = 0; n < SampleFile.SERIES; n++) {
      final String label = "n" + n;
      if (counter[0] != null) {
        attempts.attempt("read counter", () -> counter[0].labelValues(label).value());
      }
      if (histogram[0] != null) {
        attempts.attempt("read histogram", () -> histogram[0].labelValues(label).count());
        attempts.attempt("read sum", () -> histogram[0].labelValues(label).sum());
      }
    }
    for (final GaugeMode mode : SampleFile.PART_MODES) {
      attempts.attempt(
          "read parts", () -> SampleFile.parts(viewer, mode).labelValues("n1").value());
    }
  }

  /** Counts into it, removes, takes out, and scrapes between. */
  void write() {
    attempts.attempt(
        "write",
        () -> {
          try (MetricRegistry writer = MetricRegistry.create(SampleFile.open(file))) {
            work(writer);
          }
        });
  }

  private void work(final MetricRegistry writer) {
    attempts.attempt("count", () -> count(SampleFile.counter(writer)));
    attempts.attempt("observe", () -> observe(SampleFile.histogram(writer)));
    attempts.attempt("set", () -> set(SampleFile.gauge(writer)));
    for (final GaugeMode mode : SampleFile.PART_MODES) {
      attempts.attempt("set parts", () -> setParts(SampleFile.parts(writer, mode)));
    }
    attempts.attempt("info", () -> SampleFile.info(writer).labelValues("1").set());
    attempts.attempt("states", () -> SampleFile.states(writer).set("off"));
    attempts.attempt("summary", () -> SampleFile.summary(writer).observe(1));
    attempts.attempt(
        "register", () -> count(Counter.builder("new_total").labelNames("n").register(writer)));
    scrape(writer);
    attempts.attempt("unregister", () -> writer.unregister("c_total"));
    attempts.attempt("clear", () -> SampleFile.histogram(writer).clear());
    attempts.attempt("clear parts", () -> SampleFile.parts(writer, GaugeMode.SUM).clear());
    attempts.attempt("register again", () -> count(SampleFile.counter(writer)));
    scrape(writer);
  }

  /** Opens it as one who would rather begin anew than fail. */
  void replace() {
    attempts.attempt(
        "replace",
        () -> {
          try (MetricRegistry writer =
              MetricRegistry.create(
                  MappedBackend.builder(file)
                      .initialSize(512 << 10)
                      .whenIncompatible(WhenIncompatible.REPLACE_IF_UNUSED)
                      .open())) {
            attempts.attempt("count anew", () -> SampleFile.counter(writer).labelValues("n").inc());
            scrape(writer);
          }
        });
  }

  private void count(final Counter counter) {
    for (int n = 0; n < USED_SERIES; n++) {
      final String label = "n" + n;
      attempts.attempt("inc", () -> counter.labelValues(label).inc());
      attempts.attempt("inc half", () -> counter.labelValues(label).inc(0.5));
      attempts.attempt("value", () -> counter.labelValues(label).value());
    }
    attempts.attempt("remove", () -> counter.remove("n5"));
    attempts.attempt("inc again", () -> counter.labelValues("n5").inc());
  }

  private void observe(final Histogram histogram) {
    for (int n = 0; n < USED_SERIES; n++) {
      final String label = "n" + n;
      attempts.attempt("observe", () -> histogram.labelValues(label).observe(3));
      attempts.attempt("count", () -> histogram.labelValues(label).count());
    }
    attempts.attempt("remove", () -> histogram.remove("n6"));
  }

  private static void set(final Gauge gauge) {
    gauge.set(5);
    gauge.inc();
    gauge.value();
  }

  private void setParts(final Gauge gauge) {
    for (int n = 0; n <= SampleFile.PART_SERIES; n++) {
      final String label = "n" + n;
      attempts.attempt("set part", () -> set(gauge.labelValues(label)));
    }
    attempts.attempt("remove part", () -> gauge.remove("n1"));
    attempts.attempt("set again", () -> gauge.labelValues("n1").set(2));
  }

  private void scrape(final MetricRegistry registry) {
    for (final TextFormat format : TextFormat.values()) {
      attempts.attempt("scrape", () -> format.write(registry, OutputStream.nullOutputStream()));
    }
  }
}
