package io.narthex.stress.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.FileVerifier;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A scenario once through without a fault: the file that its process finds, the points that it
 * passes, and, from the heap backend, what there is to be seen after its steps.
 */
final class Rehearsal {
  private static final Duration GUARD = Duration.ofMinutes(2);

  private static final int VERSION_AT = 12;

  private final Scenario scenario;
  private final byte[] template;
  private final List<Point> points;

  private Rehearsal(final Scenario scenario, final byte[] template, final List<Point> points) {
    this.scenario = scenario;
    this.template = template;
    this.points = points;
  }

  /**
   * Rehearses a scenario.
   *
   * @throws AssertionError if its process ends with anything but what the heap backend shows
   */
  static Rehearsal of(
      final Scenario scenario, final Stage stage, final UnaryOperator<ChildJvm.Builder> kind)
      throws IOException {
    final Path directory = Files.createDirectory(stage.path("rehearsal"));
    try {
      final Rehearsal prepared = prepare(scenario, directory.resolve("template.nx"));
      final Run run = new Run(prepared, directory);
      final ChildJvm child = stage.start(kind.apply(run.jvm()));
      child.await("ended", GUARD);
      assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
      final List<Point> points =
          child
              .output()
              .lines()
              .filter(line -> line.startsWith("passed "))
              .map(line -> Point.parse(line.substring("passed ".length())))
              .toList();
      assertThat(run.acknowledged()).isEqualTo(scenario.steps().size());
      assertThat(samples(Page.of(run.file()))).isEqualTo(run.expected(scenario.steps()));
      assertThat(run.isReplaced()).isEqualTo(scenario.isReplacing());
      FileVerifier.verify(run.file());
      for (final String method : scenario.through()) {
        assertThat(points).as(scenario.name()).anyMatch(point -> point.what().endsWith(method));
      }
      return new Rehearsal(scenario, prepared.template, points);
    } finally {
      Stage.delete(directory);
    }
  }

  private static Rehearsal prepare(final Scenario scenario, final Path file) throws IOException {
    if (scenario.isFromNothing()) {
      return new Rehearsal(scenario, null, List.of());
    }
    try (MetricRegistry registry = scenario.openLater(file)) {
      scenario.preparations().forEach(step -> step.run(registry));
    }
    if (scenario.filler() != null) {
      final byte[] filled = filled(scenario, file);
      final Path copy = file.resolveSibling("filled.nx");
      Files.write(copy, filled);
      try (MetricRegistry registry = scenario.openLater(copy)) {
        registry.unregister(scenario.filling());
      }
      return new Rehearsal(scenario, Files.readAllBytes(copy), List.of());
    }
    final byte[] bytes = Files.readAllBytes(file);
    if (scenario.isDamaged()) {
      bytes[VERSION_AT] = 77;
    }
    return new Rehearsal(scenario, bytes, List.of());
  }

  /** The file as it was before the action at which it began to grow. */
  private static byte[] filled(final Scenario scenario, final Path file) throws IOException {
    try (MetricRegistry registry = scenario.openLater(file)) {
      for (int n = 0; ; n++) {
        final byte[] before = Files.readAllBytes(file);
        scenario.filler().accept(registry, n);
        if (FileVerifier.isFilling(file)) {
          return before;
        }
      }
    }
  }

  Scenario scenario() {
    return scenario;
  }

  List<Point> points() {
    return points;
  }

  /** The first point of each kind: the same store in the same method of the same thread. */
  List<Point> kindsOfPoints() {
    final Map<List<String>, Point> kinds = new LinkedHashMap<>();
    points.forEach(point -> kinds.putIfAbsent(List.of(point.thread(), point.what()), point));
    return List.copyOf(kinds.values());
  }

  /**
   * Puts the file into place that the process finds, and a lock file which is old enough to prove
   * that nobody uses it.
   */
  void putFile(final Path file) throws IOException {
    if (template != null) {
      Files.write(file, template);
      final Path lock = Files.createFile(file.resolveSibling(file.getFileName() + ".lock"));
      Files.setLastModifiedTime(lock, FileTime.fromMillis(0));
    }
  }

  /**
   * A page's samples, but for what the engine says of itself, which is another thing on the heap.
   */
  static Map<String, Double> samples(final Page page) {
    final Map<String, Double> samples = new LinkedHashMap<>(page.samples());
    samples.keySet().removeIf(name -> name.startsWith("narthex_"));
    return samples;
  }

  /** All samples after the preparations, if they count, and some steps, by the heap backend. */
  @SafeVarargs
  final Map<String, Double> expected(final boolean prepared, final List<Step>... steps) {
    try (MetricRegistry heap = MetricRegistry.create(HeapBackend.create())) {
      if (prepared) {
        scenario.preparations().forEach(step -> step.run(heap));
      }
      for (final List<Step> some : steps) {
        some.forEach(step -> step.run(heap));
      }
      return samples(Page.of(heap));
    }
  }
}
