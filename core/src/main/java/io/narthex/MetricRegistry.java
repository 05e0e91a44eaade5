package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.Backends;
import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where metrics are registered and from where they are exported. It counts into one {@link Backend}
 * and exports every series that the backend holds, whoever made it, and what its own {@link
 * Collector}s measure. Safe for use by any number of threads.
 */
public final class MetricRegistry implements AutoCloseable {
  private static final Object GLOBAL_LOCK = new Object();
  private static volatile MetricRegistry global;

  private final Backend backend;
  private final String prefix;
  private final LabelSet constant;
  private final Collectors collectors;
  private final Callbacks callbacks;

  /** By full name; also the lock under which this registry registers. */
  private final Map<String, Family<?>> families = new HashMap<>();

  /** Under that lock. */
  private boolean closed;

  private MetricRegistry(final Builder builder) {
    this.backend = builder.backend != null ? builder.backend : HeapBackend.create();
    this.prefix = builder.prefix;
    this.constant =
        LabelSet.of(
            builder.labels.keySet().toArray(new String[0]),
            builder.labels.values().toArray(new String[0]));
    this.collectors = new Collectors(prefix, constant);
    this.callbacks = new Callbacks(backend, builder.callbackPeriodNanos);
  }

  /**
   * Makes a registry without prefix and constant labels.
   *
   * @param backend where the values live; the registry closes it
   * @return the registry
   */
  public static MetricRegistry create(final Backend backend) {
    return builder().backend(backend).build();
  }

  /**
   * Starts a registry, of a new heap backend unless told otherwise.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The registry that {@code register()} without an argument uses. At the first call it is made, of
   * the backend that system properties or environment variables choose: see {@link Backends}. Where
   * that fails, the next call tries again; but a class that registers its metrics in a static
   * initializer is lost to the JVM if that throws.
   *
   * @return the same registry until it is swapped
   * @throws NarthexException if the backend cannot be loaded
   */
  public static MetricRegistry global() {
    final MetricRegistry known = global;
    if (known != null) {
      return known;
    }
    synchronized (GLOBAL_LOCK) {
      if (global == null) {
        global = create(Backends.load());
      }
      return global;
    }
  }

  /**
   * Swaps the global registry. The one before is not closed; metrics stay where they were
   * registered.
   *
   * @param registry the new one
   */
  public static void setGlobal(final MetricRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    synchronized (GLOBAL_LOCK) {
      global = registry;
    }
  }

  <M extends Metric<M>> M register(final MetricBuilder<?, M> builder) {
    final FamilyDescriptor wanted = builder.descriptor(prefix);
    Names.checkLabels(wanted, constant);
    final String[] defaults = builder.defaults(wanted);
    synchronized (families) {
      checkOpen("register", wanted);
      // The backend is asked each time: another process may have unregistered the family.
      final BackendFamily held =
          backend.register(wanted, Names.overflow(constant, wanted.labelNames()));
      final M metric = family(held, builder.factory()).root(defaults);
      builder.registered(metric, callbacks);
      return metric;
    }
  }

  /** The one family of that name, unless what the backend holds under it is no longer the same. */
  @SuppressWarnings("unchecked")
  private <M extends Metric<M>> Family<M> family(
      final BackendFamily held, final ChildFactory<M> factory) {
    final String name = held.descriptor().name();
    final Family<?> known = families.get(name);
    if (known != null && known.isOf(held)) {
      return (Family<M>) known; // the same descriptor, hence the same type
    }
    final Family<M> fresh = new Family<>(held, constant, factory);
    families.put(name, fresh);
    return fresh;
  }

  /**
   * Takes a metric out, for all processes. Handles of it may be kept: their updates go nowhere. A
   * callback that it has here is not called any more.
   *
   * @param name its name without this registry's prefix, with or without {@code _total} or {@code
   *     _info}
   * @return whether there was such a metric
   * @throws NarthexException if the backend is read-only, or this registry is closed
   */
  public boolean unregister(final String name) {
    final String full = prefix + name;
    synchronized (families) {
      checkOpen("unregister", Excerpt.of(full));
      final List<String> found = new ArrayList<>();
      backend.visit(
          new FamilyVisitor(
              family -> {
                if (family.name().equals(full)
                    || (family.name() + family.type().nameSuffix()).equals(full)) {
                  found.add(family.name());
                }
              }));
      boolean removed = false;
      for (final String family : found) {
        families.remove(family);
        removed |= backend.unregister(family);
      }
      callbacks.stop(full); // of a gauge, whose name has no suffix
      return removed;
    }
  }

  /**
   * Adds a collector; adding it again does nothing.
   *
   * @param collector what to ask at each scrape
   * @throws NarthexException if this registry is closed
   */
  public void register(final Collector collector) {
    Objects.requireNonNull(collector, "collector");
    synchronized (families) {
      checkOpen("register", "a collector");
      collectors.add(collector);
    }
  }

  /**
   * Takes a collector out.
   *
   * @param collector what was registered
   * @return whether it was
   * @throws NarthexException if this registry is closed
   */
  public boolean unregister(final Collector collector) {
    synchronized (families) {
      checkOpen("unregister", "a collector");
      return collectors.remove(collector);
    }
  }

  private void checkOpen(final String what, final Object whom) {
    if (closed) {
      throw new NarthexException("cannot " + what + ' ' + whom + ": the registry is closed");
    }
  }

  /** How often callbacks failed here. */
  CallbackFailures callbackFailures() {
    return callbacks.failures;
  }

  /**
   * Shows a visitor everything that this registry exports: the backend's families and the
   * collectors', in the order of their names. Families of collectors whose names overlap with
   * others are left out. Takes no lock while it calls the visitor.
   *
   * <p>Callbacks of gauges are called first, and waited for up to 100 ms in all; of one that takes
   * longer the last value is shown.
   *
   * @param visitor who looks
   * @param <X> what the visitor throws
   * @throws X what the visitor threw, which ended the visit
   */
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    callbacks.refresh();
    if (collectors.isEmpty()) {
      backend.visit(visitor);
    } else {
      MergedVisit.of(backend, collectors, visitor);
    }
  }

  /**
   * Stops the callbacks and closes the backend. Nothing can be registered or unregistered any more.
   * Metrics that are kept stay usable, for children too that are new, and do not throw for want of
   * the backend; what there is can still be visited. A call that a callback is in is not waited
   * for, but its value goes nowhere. Closing twice does nothing.
   */
  @Override
  public void close() {
    synchronized (families) {
      if (closed) {
        return;
      }
      closed = true;
    }
    callbacks.close();
    backend.close();
  }

  /** Builds registries; for one thread. */
  public static final class Builder {
    /** Sorted, so that registries which say the same in another order mean the same series. */
    private final SortedMap<String, String> labels = new TreeMap<>();

    private Backend backend;
    private String prefix = "";
    private long callbackPeriodNanos = CallbackRunner.PERIOD_NANOS;

    private Builder() {}

    /** Sets how often callbacks are called without a scrape; for tests, which wait for it. */
    Builder callbackPeriod(final long nanos) {
      this.callbackPeriodNanos = nanos;
      return this;
    }

    /**
     * Says where the values live.
     *
     * @param where the backend; the registry closes it
     * @return this
     */
    public Builder backend(final Backend where) {
      this.backend = Objects.requireNonNull(where, "backend");
      return this;
    }

    /**
     * Puts something in front of the name of every metric. It is stored with the name.
     *
     * @param text such as {@code shop_}
     * @return this
     * @throws IllegalArgumentException if no metric name can begin with it
     */
    public Builder prefix(final String text) {
      this.prefix = Names.prefix(text);
      return this;
    }

    /**
     * Gives every series one more label. It is no part of a metric's schema.
     *
     * @param name the label's name
     * @param value its value
     * @return this
     * @throws LabelValidationException if the name is not one or is there already, or the value is
     *     null
     */
    public Builder constantLabel(final String name, final String value) {
      Names.checkConstant(labels.keySet(), name, value);
      labels.put(name, value);
      return this;
    }

    /**
     * Makes the registry.
     *
     * @return the registry
     */
    public MetricRegistry build() {
      return new MetricRegistry(this);
    }
  }
}
