package io.narthex.tools.migrate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.narthex.GaugeMode;
import io.narthex.NarthexException;
import io.narthex.backend.Excerpt;
import io.narthex.backend.MetricType;
import io.narthex.tools.migrate.Gathered.Combining;
import io.narthex.tools.migrate.Remarks.Kind;
import io.narthex.tools.text.Failures;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory of a Python service that counts with client_python in its multi-process mode: a
 * file for each process and kind of metric, which the library adds up at each scrape.
 *
 * <pre>
 *   counter_PID.db  histogram_PID.db  summary_PID.db  gauge_MODE_PID.db
 * </pre>
 */
final class PythonFiles {
  private static final Pattern NAME =
      Pattern.compile("(?:(counter|histogram|summary)|gauge_([a-z]+))_(.+)\\.db");

  private static final String LIVE = "live";
  private static final String PID = "pid";
  private static final String TOTAL = "_total";

  private final Gathered gathered;
  private final boolean withLive;

  private PythonFiles(final Gathered gathered, final boolean withLive) {
    this.gathered = gathered;
    this.withLive = withLive;
  }

  /**
   * Reads a directory, which may be in use.
   *
   * @param withLive whether the values of gauges are taken that belong to processes which are alive
   * @throws NarthexException if there is no such file in it, or one of them is damaged
   */
  static Origin read(final Path directory, final Gathered gathered, final boolean withLive) {
    final PythonFiles files = new PythonFiles(gathered, withLive);
    int found = 0;
    for (final Path file : files(directory)) {
      final Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        files.read(file, name.group(1), name.group(2), name.group(3));
        found++;
      }
    }
    if (found == 0) {
      throw new NarthexException(
          directory
              + " holds no files such as counter_123.db; give the directory that"
              + " PROMETHEUS_MULTIPROC_DIR names for the Python service");
    }
    return gathered.origin();
  }

  private static List<Path> files(final Path directory) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.db")) {
      final TreeSet<Path> sorted = new TreeSet<>();
      entries.forEach(sorted::add);
      return new ArrayList<>(sorted);
    } catch (final IOException e) {
      throw unreadable(directory, e);
    } catch (final DirectoryIteratorException e) {
      throw unreadable(directory, e.getCause());
    }
  }

  private static NarthexException unreadable(final Path directory, final IOException e) {
    return new NarthexException(
        "cannot read the directory " + directory + ": " + Failures.reason(e), e);
  }

  private void read(final Path file, final String type, final String mode, final String pid) {
    final boolean isLive = mode != null && mode.startsWith(LIVE);
    if (isLive && !withLive) {
      gathered
          .remarks()
          .leftOut(
              Kind.LIVE,
              "the gauges of mode "
                  + mode
                  + ", as they are for processes that are alive; --live takes them too");
      return;
    }
    gathered.from(file.toString());
    MultiprocessFile.read(
        file,
        entry -> {
          final Key key = key(file, entry.key());
          if (type == null) {
            gauge(key, isLive ? mode.substring(LIVE.length()) : mode, pid, entry);
          } else {
            counted(key, type, entry.value());
          }
        });
  }

  private void gauge(
      final Key key, final String mode, final String pid, final MultiprocessFile.Entry entry) {
    final Map<String, String> labels = key.labels;
    final GaugeMode ours;
    final Combining combining;
    switch (mode) {
      case "sum" -> {
        ours = GaugeMode.SUM;
        combining = Combining.SUM;
      }
      case "min" -> {
        ours = GaugeMode.MIN;
        combining = Combining.LEAST;
      }
      case "max" -> {
        ours = GaugeMode.MAX;
        combining = Combining.GREATEST;
      }
      case "mostrecent" -> {
        ours = GaugeMode.MOST_RECENT;
        combining = Combining.LATEST;
      }
      default -> {
        // Their processes are none of ours: the label that told them apart becomes a usual one.
        ours = GaugeMode.SHARED;
        combining = Combining.LATEST;
        if (labels.putIfAbsent(PID, pid) != null) {
          gathered
              .remarks()
              .leftOut(
                  Kind.NAMES,
                  "gauge "
                      + Excerpt.of(key.metric)
                      + " of "
                      + gathered.from()
                      + ": it has a label pid of its own, and that tells the values of processes"
                      + " apart");
          return;
        }
      }
    }
    gathered.gauge(key.metric, key.help, ours, combining, labels, entry.value(), entry.timestamp());
  }

  private void counted(final Key key, final String type, final double value) {
    switch (type) {
      case "counter" -> {
        final String name = key.metric.endsWith(TOTAL) ? key.metric : key.metric + TOTAL;
        gathered.counter(name, key.help, key.labels, value);
      }
      case "summary" -> {
        if (key.sample.endsWith("_sum")) {
          gathered.sum(key.metric, MetricType.SUMMARY, key.help, key.labels, value);
        } else {
          gathered.count(key.metric, key.help, key.labels, value);
        }
      }
      default -> {
        final String bound = key.labels.remove("le");
        if (bound == null) {
          if (key.sample.endsWith("_sum")) {
            gathered.sum(key.metric, MetricType.HISTOGRAM, key.help, key.labels, value);
          } // else the count of an old version, which is that of its buckets
        } else {
          gathered.bucket(key.metric, key.help, key.labels, bound(bound), value);
        }
      }
    }
  }

  private static double bound(final String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static final class Key {
    final String metric;
    final String sample;
    final Map<String, String> labels = new LinkedHashMap<>();
    final String help;

    Key(final String metric, final String sample, final String help) {
      this.metric = metric;
      this.sample = sample;
      this.help = help;
    }
  }

  /**
   * A key is a list of the metric's name, the sample's, the labels and, in later versions, help.
   */
  private static Key key(final Path file, final String json) {
    try {
      final List<JsonElement> parts = JsonParser.parseString(json).getAsJsonArray().asList();
      final Key key =
          new Key(
              parts.get(0).getAsString(),
              parts.get(1).getAsString(),
              parts.size() > 3 ? parts.get(3).getAsString() : "");
      final JsonObject labels = parts.get(2).getAsJsonObject();
      labels.entrySet().forEach(label -> key.labels.put(label.getKey(), value(label.getValue())));
      if (key.labels.containsKey("le")) {
        bound(key.labels.get("le"));
      }
      return key;
    } catch (final JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NumberFormatException e) {
      throw new NarthexException(
          file
              + " is damaged: a key is not as client_python writes it: "
              + Excerpt.of(json)
              + "; without that file in the directory the others can be imported",
          e);
    }
  }

  private static String value(final JsonElement value) {
    return value.getAsString();
  }
}
