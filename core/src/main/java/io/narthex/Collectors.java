package io.narthex;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The collectors of one registry. */
final class Collectors {
  final LabelSet constant;
  private final String prefix;
  private final OnceLog log = new OnceLog();
  private final List<Registered> registered = new CopyOnWriteArrayList<>();

  /** Visitors are to see the same descriptor at each scrape. */
  private final Map<String, FamilyDescriptor> descriptors = new ConcurrentHashMap<>();

  Collectors(final String prefix, final LabelSet constant) {
    this.prefix = prefix;
    this.constant = constant;
  }

  synchronized void add(final Collector collector) {
    if (registered.stream().noneMatch(r -> r.collector.equals(collector))) {
      registered.add(new Registered(collector, System.currentTimeMillis()));
    }
  }

  boolean remove(final Collector collector) {
    return registered.removeIf(r -> r.collector.equals(collector));
  }

  boolean isEmpty() {
    return registered.isEmpty();
  }

  /** Asks all collectors; what does not go with the families that are {@code held} is left out. */
  SortedMap<String, CollectedFamily> collect(final Collection<FamilyDescriptor> held) {
    final SortedMap<String, CollectedFamily> families = new TreeMap<>();
    for (final Registered each : registered) {
      for (final CollectedSample sample : ask(each)) {
        final FamilyDescriptor wanted = sample.family;
        CollectedFamily family = families.get(wanted.name());
        if (family == null || family.descriptor.type() != wanted.type()) {
          if (collides(wanted, held, families.values())) {
            continue;
          }
          family = new CollectedFamily(wanted);
          families.put(wanted.name(), family);
        }
        if (!family.add(sample)) {
          leftOut(wanted + " was collected twice with labels " + sample.labels, null);
        }
      }
    }
    return families;
  }

  private List<CollectedSample> ask(final Registered each) {
    final CollectorSink sink = new CollectorSink(this, each.sinceMillis);
    try {
      each.collector.collect(sink);
      return sink.samples;
    } catch (final VirtualMachineError beyondRepair) {
      if (beyondRepair instanceof StackOverflowError) {
        return failed(each, beyondRepair);
      }
      throw beyondRepair;
    } catch (final Throwable thrown) { // whatever it is, the scrape goes on
      return failed(each, thrown);
    }
  }

  private List<CollectedSample> failed(final Registered each, final Throwable thrown) {
    leftOut("collector " + each.collector.getClass().getName() + " failed", thrown);
    return List.of();
  }

  private boolean collides(
      final FamilyDescriptor wanted,
      final Collection<FamilyDescriptor> held,
      final Collection<CollectedFamily> collected) {
    for (final FamilyDescriptor other : held) {
      if (wanted.overlaps(other)) {
        leftOut(wanted + " was collected, but overlaps with " + other, null);
        return true;
      }
    }
    for (final CollectedFamily other : collected) {
      if (wanted.overlaps(other.descriptor)) {
        leftOut(wanted + " was collected, but overlaps with collected " + other.descriptor, null);
        return true;
      }
    }
    return false;
  }

  FamilyDescriptor descriptor(final MetricType type, final String name, final String help) {
    if (name == null) {
      throw new IllegalArgumentException("a collected " + type.text() + " has no name");
    }
    final String family = Names.family(type, prefix, name);
    final String text = help == null ? "" : help;
    return descriptors.compute(
        family,
        (key, known) ->
            known != null && known.type() == type && known.help().equals(text)
                ? known
                : FamilyDescriptor.builder(type, family).help(text).build());
  }

  void leftOut(final String why, final Throwable thrown) {
    log.warn("left out of scrapes: " + why, thrown);
  }

  private static final class Registered {
    final Collector collector;
    final long sinceMillis;

    Registered(final Collector collector, final long sinceMillis) {
      this.collector = collector;
      this.sinceMillis = sinceMillis;
    }
  }
}
