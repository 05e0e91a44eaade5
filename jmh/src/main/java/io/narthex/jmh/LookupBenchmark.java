package io.narthex.jmh;

import static io.narthex.jmh.LookupFamilies.NAME;
import static io.narthex.jmh.LookupFamilies.OpenTelemetry.METHOD;
import static io.narthex.jmh.LookupFamilies.OpenTelemetry.PATH;
import static io.narthex.jmh.LookupFamilies.OpenTelemetry.STATUS;
import static io.narthex.jmh.LookupFamilies.OpenTelemetry.ZONE;

import com.codahale.metrics.MetricRegistry;
import io.opentelemetry.api.common.Attributes;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Finding a live child by its label values and incrementing it, by one, two and four labels. Fair:
 * all get the same strings, which are those that the children were made with, and find the child as
 * each library's documentation does; {@link FreshLookupBenchmark} looks up by other strings.
 * Dropwizard has no labels, so the values are in the name. Threads begin at different children.
 */
public class LookupBenchmark extends NanosPerCall {
  /** Ours, by one value. */
  @Benchmark
  public void one(final LookupFamilies.Ours ours, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    ours.family.labelValues(labels.path[i]).inc();
  }

  /** client_java, by one value. */
  @Benchmark
  public void oneClientJava(
      final LookupFamilies.ClientJava peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.family.labelValues(labels.path[i]).inc();
  }

  /** Micrometer, by one value. */
  @Benchmark
  public void oneMicrometer(
      final LookupFamilies.Micrometer peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.registry.counter(NAME, "path", labels.path[i]).increment();
  }

  /** Dropwizard, by one value. */
  @Benchmark
  public void oneDropwizard(
      final LookupFamilies.Dropwizard peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.registry.counter(MetricRegistry.name(NAME, labels.path[i])).inc();
  }

  /** OpenTelemetry, by one value. */
  @Benchmark
  public void oneOpenTelemetry(
      final LookupFamilies.OpenTelemetry peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.counter.add(1, Attributes.of(PATH, labels.path[i]));
  }

  /** Ours, by two values. */
  @Benchmark
  public void two(final LookupFamilies.Ours ours, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    ours.family.labelValues(labels.path[i], labels.method[i]).inc();
  }

  /** client_java, by two values. */
  @Benchmark
  public void twoClientJava(
      final LookupFamilies.ClientJava peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.family.labelValues(labels.path[i], labels.method[i]).inc();
  }

  /** Micrometer, by two values. */
  @Benchmark
  public void twoMicrometer(
      final LookupFamilies.Micrometer peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.registry.counter(NAME, "path", labels.path[i], "method", labels.method[i]).increment();
  }

  /** Dropwizard, by two values. */
  @Benchmark
  public void twoDropwizard(
      final LookupFamilies.Dropwizard peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.registry.counter(MetricRegistry.name(NAME, labels.path[i], labels.method[i])).inc();
  }

  /** OpenTelemetry, by two values. */
  @Benchmark
  public void twoOpenTelemetry(
      final LookupFamilies.OpenTelemetry peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.counter.add(1, Attributes.of(PATH, labels.path[i], METHOD, labels.method[i]));
  }

  /** Ours, by four values. */
  @Benchmark
  public void four(final LookupFamilies.Ours ours, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    ours.family
        .labelValues(labels.path[i], labels.method[i], labels.status[i], labels.zone[i])
        .inc();
  }

  /** client_java, by four values. */
  @Benchmark
  public void fourClientJava(
      final LookupFamilies.ClientJava peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.family
        .labelValues(labels.path[i], labels.method[i], labels.status[i], labels.zone[i])
        .inc();
  }

  /** Micrometer, by four values. */
  @Benchmark
  public void fourMicrometer(
      final LookupFamilies.Micrometer peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.registry
        .counter(
            NAME,
            "path",
            labels.path[i],
            "method",
            labels.method[i],
            "status",
            labels.status[i],
            "zone",
            labels.zone[i])
        .increment();
  }

  /** Dropwizard, by four values. */
  @Benchmark
  public void fourDropwizard(
      final LookupFamilies.Dropwizard peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.registry
        .counter(
            MetricRegistry.name(
                NAME, labels.path[i], labels.method[i], labels.status[i], labels.zone[i]))
        .inc();
  }

  /** OpenTelemetry, by four values. */
  @Benchmark
  public void fourOpenTelemetry(
      final LookupFamilies.OpenTelemetry peer, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    peer.counter.add(
        1,
        Attributes.of(
            PATH,
            labels.path[i],
            METHOD,
            labels.method[i],
            STATUS,
            labels.status[i],
            ZONE,
            labels.zone[i]));
  }

  /** Ours, by the second label of a kept view that has the first; no peer has views. */
  @Benchmark
  public void twoFromView(
      final LookupFamilies.OurViews ours, final LookupLabels labels, final Turns turns) {
    final int i = turns.next();
    ours.views[i].labels("method", labels.method[i]).inc();
  }
}
