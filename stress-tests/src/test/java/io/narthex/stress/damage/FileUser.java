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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does with a file all that an application does with one. To open it, to register, and to find a
 * series as a viewer may be refused; whatever else is done must work.
 */
final class FileUser {
  private static final int NEW_SERIES = 5;

  private final Path file;

  /** Of the series that there are. */
  private final List<String> labels;

  /** And of some that are new. */
  private final List<String> used;

  private final Attempts attempts;

  FileUser(final Path file, final List<String> labels, final Attempts attempts) {
    this.file = file;
    this.labels = labels;
    this.used = new ArrayList<>(labels);
    for (int n = 0; n < NEW_SERIES; n++) {
      used.add("n" + (SampleFile.SERIES + n));
    }
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
    use(
        "open to read",
        () -> MetricRegistry.create(MappedBackend.openReadOnly(file)),
        viewer -> {
          attempts.mustWork("page", () -> outcome[0] = served(viewer));
          if (sound) {
            attempts.mustWork("sound page", () -> Page.of(viewer));
          }
          scrape(viewer);
          look(viewer);
          attempts.mustWork("close", viewer::close);
        });
    return outcome[0];
  }

  /** Gets what may be refused, and does something with it unless it was. */
  private <T> void use(
      final String step, final Attempts.Source<T> source, final Consumer<? super T> action) {
    final T got = attempts.get(step, source);
    if (got != null) {
      action.accept(got);
    }
  }

  private static Outcome served(final MetricRegistry viewer) throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(viewer, page);
    return page.toString(StandardCharsets.UTF_8).contains("\nnarthex_bad_records 0.0\n")
        ? Outcome.SERVED
        : Outcome.SERVED_IN_PART;
  }

  private void look(final MetricRegistry viewer) {
    use("find gauge", () -> SampleFile.gauge(viewer), g -> attempts.mustWork("gauge", g::value));
    use("find states", () -> SampleFile.states(viewer), s -> attempts.mustWork("state", s::state));
    use("find counter", () -> SampleFile.counter(viewer), this::read);
    use("find histogram", () -> SampleFile.histogram(viewer), this::read);
    for (final GaugeMode mode : SampleFile.PART_MODES) {
      use(
          "find parts",
          () -> SampleFile.parts(viewer, mode).labelValues("n1"),
          part -> attempts.mustWork("read parts", part::value));
    }
  }

  /** A viewer cannot create the series that it does not find. */
  private void read(final Counter counter) {
    for (final String label : labels) {
      use(
          "find counter " + label,
          () -> counter.labelValues(label),
          child -> attempts.mustWork("read counter", child::value));
    }
  }

  private void read(final Histogram histogram) {
    for (final String label : labels) {
      use(
          "find histogram " + label,
          () -> histogram.labelValues(label),
          child -> {
            attempts.mustWork("read histogram", child::count);
            attempts.mustWork("read sum", child::sum);
          });
    }
  }

  /** Counts into it, removes, takes out, and scrapes between. */
  void write() {
    use(
        "open to write",
        () -> MetricRegistry.create(SampleFile.open(file)),
        writer -> {
          work(writer);
          attempts.mustWork("close", writer::close);
        });
  }

  private void work(final MetricRegistry writer) {
    use("register counter", () -> SampleFile.counter(writer), this::count);
    use("register histogram", () -> SampleFile.histogram(writer), this::observe);
    use(
        "register gauge",
        () -> SampleFile.gauge(writer),
        gauge -> attempts.mustWork("set", () -> set(gauge)));
    for (final GaugeMode mode : SampleFile.PART_MODES) {
      use("register parts", () -> SampleFile.parts(writer, mode), this::setParts);
    }
    use(
        "register info",
        () -> SampleFile.info(writer),
        info -> attempts.mustWork("info", () -> info.labelValues("1").set()));
    use(
        "register states",
        () -> SampleFile.states(writer),
        states -> attempts.mustWork("state", () -> states.set("off")));
    use(
        "register summary",
        () -> SampleFile.summary(writer),
        summary -> attempts.mustWork("observe summary", () -> summary.observe(1)));
    use(
        "register another",
        () -> Counter.builder("new_total").labelNames("n").register(writer),
        this::count);
    scrape(writer);
    attempts.mustWork("unregister", () -> writer.unregister("c_total"));
    use(
        "histogram to clear",
        () -> SampleFile.histogram(writer),
        histogram -> attempts.mustWork("clear", histogram::clear));
    use(
        "parts to clear",
        () -> SampleFile.parts(writer, GaugeMode.SUM),
        parts -> attempts.mustWork("clear parts", parts::clear));
    use("register again", () -> SampleFile.counter(writer), this::count);
    scrape(writer);
  }

  /** Opens it as one who would rather begin anew than fail. */
  void replace() {
    use(
        "replace",
        () ->
            MetricRegistry.create(
                MappedBackend.builder(file)
                    .initialSize(512 << 10)
                    .whenIncompatible(WhenIncompatible.REPLACE_IF_UNUSED)
                    .open()),
        writer -> {
          use(
              "register anew",
              () -> SampleFile.counter(writer),
              counter -> attempts.mustWork("count anew", () -> counter.labelValues("n").inc()));
          scrape(writer);
          attempts.mustWork("close", writer::close);
        });
  }

  private void count(final Counter counter) {
    for (final String label : used) {
      attempts.mustWork("inc", () -> counter.labelValues(label).inc());
      attempts.mustWork("inc half", () -> counter.labelValues(label).inc(0.5));
      attempts.mustWork("value", () -> counter.labelValues(label).value());
    }
    attempts.mustWork("remove", () -> counter.remove("n5"));
    attempts.mustWork("inc again", () -> counter.labelValues("n5").inc());
  }

  private void observe(final Histogram histogram) {
    for (final String label : used) {
      attempts.mustWork("observe", () -> histogram.labelValues(label).observe(3));
      attempts.mustWork("count", () -> histogram.labelValues(label).count());
    }
    attempts.mustWork("remove", () -> histogram.remove("n6"));
  }

  private static void set(final Gauge gauge) {
    gauge.set(5);
    gauge.inc();
    gauge.value();
  }

  private void setParts(final Gauge gauge) {
    for (int n = 0; n <= SampleFile.PART_SERIES; n++) {
      final String label = "n" + n;
      attempts.mustWork("set part", () -> set(gauge.labelValues(label)));
    }
    attempts.mustWork("remove part", () -> gauge.remove("n1"));
    attempts.mustWork("set again", () -> gauge.labelValues("n1").set(2));
  }

  private void scrape(final MetricRegistry registry) {
    for (final TextFormat format : TextFormat.values()) {
      attempts.mustWork("scrape", () -> format.write(registry, OutputStream.nullOutputStream()));
    }
  }
}
