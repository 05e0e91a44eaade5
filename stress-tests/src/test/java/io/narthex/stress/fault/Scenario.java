package io.narthex.stress.fault;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.backend.mapped.WhenIncompatible;
import io.narthex.backend.mapped.WhenUnused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * What a process does while it is killed or stopped after each of its stores: {@link #prepared
 * preparations} that are whole before it begins, then {@link #then steps}. The file has one stripe,
 * so that no loop over stripes multiplies the stores.
 */
final class Scenario {
  private static final int SIZE = 512 << 10;

  private final String name;
  private final List<Step> preparations = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> through = new ArrayList<>();
  private ObjIntConsumer<MetricRegistry> filler;
  private String filling;
  private List<Step> meanwhile;
  private boolean fromNothing;
  private boolean opening;
  private boolean twice;
  private boolean damaged;
  private int mostKibibytes;
  private WhenUnused whenUnused = WhenUnused.KEEP;

  Scenario(final String name) {
    this.name = name;
  }

  /** The file does not exist when the process begins. */
  Scenario fromNothing() {
    fromNothing = true;
    return opening();
  }

  /** Faults begin when the file is opened, not at the first step. */
  Scenario opening() {
    opening = true;
    return this;
  }

  /** The process opens the file, closes it, and opens it again for its steps. */
  Scenario twice() {
    twice = true;
    return opening();
  }

  /**
   * The process may replace the file that it finds, as nobody uses it; what was prepared is lost.
   */
  Scenario resetting() {
    whenUnused = WhenUnused.RESET;
    return opening();
  }

  /** The file that the process finds has another layout, so it replaces it. */
  Scenario replacing() {
    damaged = true;
    return opening();
  }

  /** No file of the process may be larger. */
  Scenario limited(final int kibibytes) {
    mostKibibytes = kibibytes;
    return this;
  }

  /** Adds a preparation. */
  Scenario prepared(final Consumer<MetricRegistry> action) {
    preparations.add(new Step("preparation", action));
    return this;
  }

  /**
   * Repeats an action, with the number of the repetition, until the file would grow at the next
   * one; then unregisters the metric that it was done to, so that nothing of it is to be seen.
   */
  Scenario filled(final String metric, final ObjIntConsumer<MetricRegistry> action) {
    filling = metric;
    filler = action;
    return this;
  }

  /** Adds a step. */
  Scenario then(final String what, final Consumer<MetricRegistry> action) {
    steps.add(new Step(what, action));
    return this;
  }

  /**
   * What another process does while this one is stopped; unless it is told, the steps that this one
   * has not acknowledged.
   */
  Scenario meanwhile(final Consumer<MetricRegistry> action) {
    meanwhile = List.of(new Step("meanwhile", action));
    return this;
  }

  /** A method of the engine that has to be among the points, or the scenario misses its aim. */
  Scenario through(final String... methods) {
    through.addAll(List.of(methods));
    return this;
  }

  String name() {
    return name;
  }

  boolean isFromNothing() {
    return fromNothing;
  }

  boolean isOpening() {
    return opening;
  }

  boolean isTwice() {
    return twice;
  }

  /** Whether the file that the process finds has another layout. */
  boolean isDamaged() {
    return damaged;
  }

  /** Whether the process replaces the file, from which it keeps all others meanwhile. */
  boolean isReplacing() {
    return damaged || whenUnused == WhenUnused.RESET;
  }

  /** How large a file of the process may be in KiB, 0 for any size. */
  int mostKibibytes() {
    return mostKibibytes;
  }

  List<Step> preparations() {
    return preparations;
  }

  ObjIntConsumer<MetricRegistry> filler() {
    return filler;
  }

  String filling() {
    return filling;
  }

  List<Step> steps() {
    return steps;
  }

  List<Step> meanwhile(final int acknowledged) {
    return meanwhile == null ? steps.subList(acknowledged, steps.size()) : meanwhile;
  }

  List<String> through() {
    return through;
  }

  /** Whether the file grows, so that others may have to wait for it, in vain. */
  boolean grows() {
    return through.stream().anyMatch(method -> method.startsWith("Grower."));
  }

  /** Opens the file as the process does that is killed or stopped. */
  MetricRegistry open(final Path file) {
    return open(file, whenUnused);
  }

  /** Opens the file as others do: what the process counted into a fresh file stays. */
  MetricRegistry openLater(final Path file) {
    return open(file, WhenUnused.KEEP);
  }

  private MetricRegistry open(final Path file, final WhenUnused unused) {
    return MetricRegistry.create(
        MappedBackend.builder(file)
            .initialSize(SIZE)
            .stripes(1)
            .whenUnused(unused)
            .whenIncompatible(damaged ? WhenIncompatible.REPLACE_IF_UNUSED : WhenIncompatible.FAIL)
            .open());
  }

  @Override
  public String toString() {
    return name;
  }
}
