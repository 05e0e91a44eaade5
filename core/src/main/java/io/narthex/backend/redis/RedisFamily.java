package io.narthex.backend.redis;

import io.narthex.GaugeMode;
import io.narthex.MetricConflictException;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.DistributionSlot;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A family that this process registered: its series, what of them is pending, and what the store
 * last said.
 */
final class RedisFamily implements BackendFamily {
  /** As the store has it, unless the application got to see another help text before. */
  private volatile FamilyDescriptor descriptor;

  private boolean shown;
  private final BackendFamily local;
  private final LabelSet overflow;
  private final List<Unit> units;
  private final String sender;
  private final RedisProcess process;
  private final Carrier carrier;
  private final Map<String, RedisSeries> series = new ConcurrentHashMap<>();

  /** Held by whoever sends for this family, so that its parcels go one after the other. */
  final ReentrantLock sending = new ReentrantLock();

  /** Removals that are not in a parcel yet. Under this object's lock, as what follows. */
  private final Set<String> removals = new LinkedHashSet<>();

  private boolean cleared;

  /** Removals that are in the parcel that is under way. */
  private Set<String> removalsUnderWay = Set.of();

  private boolean clearedUnderWay;

  /** By processes that are no more: their parts, which are to be folded. */
  private final Map<String, Set<String>> folds = new ConcurrentHashMap<>();

  private volatile boolean retired;

  /** Where the store keeps it; null until it was registered there. */
  private volatile String epoch;

  /** Whether the store's catalog is known to have it. */
  private volatile boolean registered;

  /** When the catalog was last seen, or made, to have it. */
  private volatile long confirmedNanos;

  /** Why it is not in the store although it was accepted, or null. */
  private volatile MetricConflictException conflict;

  private volatile Map<String, Row> rows = Map.of();

  RedisFamily(
      final FamilyDescriptor descriptor,
      final BackendFamily local,
      final LabelSet overflow,
      final List<Unit> units,
      final RedisProcess process,
      final Carrier carrier) {
    this.descriptor = descriptor;
    this.local = local;
    this.overflow = overflow;
    this.units = units;
    this.sender = process.nextSender();
    this.process = process;
    this.carrier = carrier;
  }

  @Override
  public FamilyDescriptor descriptor() {
    return descriptor;
  }

  // ---- what metrics ask for

  @Override
  public Slot slot(final LabelSet labels) {
    final RedisSeries one;
    synchronized (this) {
      final RedisSeries known = series.get(text(labels));
      one = known != null ? known : create(labels);
      if (startsAtZero() && (known == null || !one.isShown())) {
        one.touch();
      }
    }
    carrier.write(this, one);
    return one.slot();
  }

  /** Goes on with a series that an earlier process counted into the buffer. */
  synchronized void adopt(final LabelSet labels) {
    if (!series.containsKey(text(labels))) {
      create(labels);
    }
  }

  /** Under this object's lock. */
  private RedisSeries create(final LabelSet labels) {
    final Slot own = local.slot(labels);
    final boolean overflows = own.isOverflow();
    final LabelSet those = overflows ? overflow : labels;
    final RedisSeries known = overflows ? series.get(text(those)) : null;
    if (known != null) {
      return known;
    }
    final RedisSeries fresh = make(those, text(those), own);
    series.put(fresh.text, fresh);
    final Row row = visibleRow(fresh.text);
    if (row != null) { // others made it
      fresh.stored = true;
      fresh.load(row);
    }
    return fresh;
  }

  private RedisSeries make(final LabelSet labels, final String text, final Slot own) {
    final DirectWriter direct = carrier.isDirect() ? one -> carrier.write(this, one) : null;
    return switch (descriptor.type()) {
      case COUNTER -> new RedisCounterSlot(this, labels, text, (CounterSlot) own, direct).series();
      case HISTOGRAM, SUMMARY ->
          new RedisDistributionSlot(this, labels, text, (DistributionSlot) own, direct).series();
      case GAUGE, INFO, STATESET -> new RedisGaugeSlot(this, labels, text, direct).series();
    };
  }

  @Override
  public Slot find(final LabelSet labels) {
    final String text = text(labels);
    final RedisSeries known = series.get(text);
    if (known != null) {
      return known.slot();
    }
    freshen();
    synchronized (this) {
      // Others made it: a slot that is not touched, so that it creates nothing.
      return visibleRow(text) == null ? null : create(labels).slot();
    }
  }

  @Override
  public boolean remove(final LabelSet labels) {
    freshen();
    final String text = text(labels);
    final boolean shown;
    synchronized (this) {
      final RedisSeries known = series.get(text);
      final Row row = visibleRow(text);
      shown = known == null ? row != null : known.isShown() || (hasParts() && row != null);
      if (known != null) {
        forget(known);
      }
      if (!cleared) {
        removals.add(text);
      }
    }
    carrier.write(this, null);
    return shown && !retired;
  }

  @Override
  public void clear() {
    synchronized (this) {
      series.values().forEach(this::forget);
      removals.clear();
      cleared = true;
    }
    carrier.write(this, null);
  }

  private void forget(final RedisSeries one) {
    if (one.isSpoiled()) {
      local.remove(one.labels);
    }
    one.forget();
    one.removals++;
    one.stored = false;
    one.createdMillis = Math.max(System.currentTimeMillis(), one.createdMillis + 1);
  }

  // ---- what slots ask for

  void freshen() {
    carrier.freshen();
  }

  boolean isDurable() {
    return carrier.isDurable();
  }

  boolean isRetired() {
    return retired;
  }

  boolean isOverflow(final LabelSet labels) {
    return overflow != null && labels.equals(overflow);
  }

  boolean startsAtZero() {
    return !isWithoutZero();
  }

  /** Whether a series is shown from its first update only. */
  private boolean isWithoutZero() {
    return switch (descriptor.type()) {
      case COUNTER, HISTOGRAM, SUMMARY, STATESET -> false;
      case GAUGE -> descriptor.gaugeMode() != GaugeMode.SHARED;
      case INFO -> true;
    };
  }

  boolean hasParts() {
    return hasParts(descriptor);
  }

  static boolean hasParts(final FamilyDescriptor family) {
    return family.type() == MetricType.INFO
        || (family.gaugeMode() != GaugeMode.SHARED && family.gaugeMode() != GaugeMode.MOST_RECENT);
  }

  /** What the store holds of this process's in a row. */
  Double own(final Row row) {
    if (row == null) {
      return null;
    }
    if (hasParts()) {
      return row.parts.get(process.id());
    }
    return row.hasValue ? row.value : null;
  }

  /** The value of one of this process's gauges, of which it holds that part. */
  double gaugeValue(final String text, final Double part) {
    if (!hasParts()) {
      return part == null ? Double.NaN : part;
    }
    return Fold.of(descriptor, visibleRow(text), part, process.id(), carrier.census());
  }

  // ---- what the courier asks for

  List<Unit> units() {
    return units;
  }

  /** Who numbers its parcels. A name that is registered anew begins to count them anew. */
  String sender() {
    return sender;
  }

  synchronized boolean isPending() {
    if (cleared || !removals.isEmpty() || !folds.isEmpty()) {
      return true;
    }
    for (final RedisSeries one : series.values()) {
      if (one.isPending()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a removal is pending, or something of a series of which nothing is known. */
  synchronized boolean isPendingAnew(final Predicate<String> known) {
    if (!removals.isEmpty()) {
      return true;
    }
    for (final RedisSeries one : series.values()) {
      if (!known.test(one.text) && one.isPending()) {
        return true;
      }
    }
    return false;
  }

  /** How many series have something pending. */
  synchronized int pendingCount() {
    int count = removals.size() + (cleared ? 1 : 0);
    for (final RedisSeries one : series.values()) {
      count += one.isPending() ? 1 : 0;
    }
    return count;
  }

  /** Freezes everything that is pending, or of one series, with the removals that come before. */
  synchronized List<Frozen> freeze(final OperationSink sink, final RedisSeries only) {
    if (cleared) {
      sink.clear();
    }
    removals.forEach(sink::remove);
    if (isDurable()) {
      baselines(sink);
    }
    removalsUnderWay = new HashSet<>(removals);
    clearedUnderWay = cleared;
    removals.clear();
    cleared = false;
    folds.forEach((process, texts) -> texts.forEach(text -> sink.fold(text, process)));
    folds.clear();
    final List<Frozen> frozen = new ArrayList<>();
    final Collection<RedisSeries> those = only == null ? series.values() : List.of(only);
    for (final RedisSeries one : those) {
      if (one.isPending()) {
        if (!one.stored) {
          sink.create(one);
        }
        one.freeze(sink);
        frozen.add(new Frozen(one, one.removals));
      }
    }
    return frozen;
  }

  /** After a removal the file goes on counting from where it stood. */
  private void baselines(final OperationSink sink) {
    for (final RedisSeries one : series.values()) {
      if (cleared || removals.contains(one.text)) {
        one.baseline(sink);
      }
    }
  }

  /** What was frozen, and before which removal. */
  record Frozen(RedisSeries series, int removals) {}

  synchronized void acknowledge(final List<Frozen> frozen) {
    if (clearedUnderWay || !removalsUnderWay.isEmpty()) {
      final Map<String, Row> rest =
          clearedUnderWay ? new LinkedHashMap<>() : new LinkedHashMap<>(rows);
      rest.keySet().removeAll(removalsUnderWay);
      rows = rest;
    }
    removalsUnderWay = Set.of();
    clearedUnderWay = false;
    for (final Frozen one : frozen) {
      if (one.series.removals == one.removals) {
        one.series.acknowledge();
      }
    }
  }

  /** Takes over what the store holds; nothing of this family is under way. */
  synchronized void load(final Map<String, Row> there) {
    rows = there;
    for (final RedisSeries one : series.values()) {
      if (isRemoved(one.text)) {
        continue; // removed since it was read
      }
      final Row row = there.get(one.text);
      one.load(row);
      one.stored = row != null && (row.hasValue || row.hasSum || !row.parts.isEmpty());
      if (row != null && row.createdMillis > 0) {
        one.createdMillis = row.createdMillis;
      }
    }
  }

  /** Has what a process left behind merged into what dead processes left. */
  void fold(final String text, final String deadProcess) {
    folds.computeIfAbsent(deadProcess, p -> ConcurrentHashMap.newKeySet()).add(text);
  }

  /** The store lost what it held. */
  synchronized void resend() {
    registered = false;
    rows = Map.of();
    series.values().forEach(RedisSeries::resend);
  }

  boolean isConfirmed(final long nanos) {
    return System.nanoTime() - confirmedNanos <= nanos;
  }

  MetricConflictException conflict() {
    return conflict;
  }

  void conflict(final MetricConflictException with) {
    conflict = with;
  }

  String epoch() {
    return epoch;
  }

  boolean isRegistered() {
    return registered;
  }

  /** From now on the descriptor stays the same object. */
  synchronized void show() {
    shown = true;
  }

  synchronized void register(final FamilyDescriptor held, final String inEpoch) {
    if (!shown) {
      descriptor = held;
    }
    this.epoch = inEpoch;
    this.confirmedNanos = System.nanoTime();
    this.registered = true;
  }

  /** Others registered it anew after it was lost: it goes on in their epoch. */
  void rejoin() {
    epoch = null;
    unsettle();
  }

  /** The store may have lost it: it is registered anew, and a parcel asks whether it has. */
  void unsettle() {
    this.registered = false;
    units.forEach(Unit::unsettle);
  }

  /**
   * The store forgot this process: what it left behind was folded, and of what counts while it is
   * alive only, nothing is left.
   */
  synchronized void comeBack() {
    unsettle();
    if (Fold.isLive(descriptor)) {
      series.values().forEach(RedisSeries::resend);
    }
  }

  void retire() {
    retired = true;
  }

  // ---- what a visit asks for

  /** What the store last said of a series, unless that was removed since. */
  synchronized Row visibleRow(final String text) {
    final Row row = rows.get(text);
    return row == null || isRemoved(text) ? null : row;
  }

  private boolean isRemoved(final String text) {
    return cleared || clearedUnderWay || removals.contains(text) || removalsUnderWay.contains(text);
  }

  Map<String, Row> rows() {
    return rows;
  }

  Map<String, RedisSeries> series() {
    return series;
  }

  static String text(final LabelSet labels) {
    return new String(labels.text(), StandardCharsets.UTF_8);
  }
}
