package io.narthex.backend.redis;

import io.narthex.MetricConflictException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What is said to the store and what it answers. A round registers what is not registered, sends
 * what is pending and, if somebody wants to look, reads everything.
 *
 * <p>Exactly once: what is pending of a family is frozen into numbered parcels, which are sent
 * again as they are until the store has acknowledged them; the store applies a number once. What is
 * added meanwhile stays in the cells and makes the next parcels, so nothing queues up however long
 * the store is away.
 */
final class Exchange {
  private static final int PARCELS_AT_ONCE = 64;

  private final RedisOptions options;
  private final StoreLayout layout;
  private final Map<String, RedisFamily> families;
  private final Set<String> retired;
  private final RedisMeters meters;
  private final Complaints complaints;
  private final long refreshNanos;

  /** What is under way. A family's entry is changed by whoever holds its {@code sending} lock. */
  private final Map<RedisFamily, Batch> underWay = new ConcurrentHashMap<>();

  private final Queue<Unregistering> unregistering = new ConcurrentLinkedQueue<>();
  private volatile Link link;

  /** Whether replies came that make no sense: on that connection others may not be ours either. */
  private volatile boolean distrusted;

  private volatile Contents contents = Contents.EMPTY;
  private volatile long readNanos;
  private volatile boolean everRead;

  /** Whether the store has heard of this process. By the courier. */
  private boolean everBeaten;

  Exchange(
      final RedisOptions options,
      final StoreLayout layout,
      final Map<String, RedisFamily> families,
      final Set<String> retired,
      final RedisMeters meters,
      final Complaints complaints) {
    this.options = options;
    this.layout = layout;
    this.families = families;
    this.retired = retired;
    this.meters = meters;
    this.complaints = complaints;
    final long expireNanos = options.expireKeyTime().toNanos();
    this.refreshNanos = expireNanos == 0 ? Long.MAX_VALUE : expireNanos / 3;
  }

  Contents contents() {
    return contents;
  }

  /** Whether what was read last is no older than that. */
  boolean isFresh(final long nanos) {
    return everRead && System.nanoTime() - readNanos < nanos;
  }

  /** Whether nothing of any family waits to be carried or is under way. */
  boolean isDone() {
    return underWay.isEmpty() && families.values().stream().noneMatch(RedisFamily::isPending);
  }

  int pendingCount() {
    int count = 0;
    for (final RedisFamily family : families.values()) {
      final Batch batch = underWay.get(family);
      count += family.pendingCount();
      if (batch != null) {
        count += (int) batch.frozen.stream().filter(one -> !one.series().isPending()).count();
      }
    }
    return count;
  }

  /** Connects, unless that was done. */
  void connect() throws LinkException {
    final Link before = link;
    if (before != null && !distrusted) {
      return;
    }
    link = options.connect();
    distrusted = false;
    if (before != null) {
      before.close();
    }
  }

  /**
   * One round, by the courier alone.
   *
   * @param read whether to read everything at its end
   * @return whether the store could be reached
   */
  boolean round(final boolean read) {
    try {
      connect();
      try {
        attempt(read);
      } catch (final LinkException broken) {
        attempt(read); // a connection may have died of age; whatever did arrive counts once
      }
      meters.connected(true);
      complaints.reached();
      return true;
    } catch (final LinkException e) {
      meters.connected(false);
      meters.failedFlushes.incrementAndGet();
      complaints.unreachable(e);
      return false;
    } catch (final RefusedException e) {
      meters.failedFlushes.incrementAndGet();
      complaints.refused("everything", e.error());
      return false;
    } catch (final RuntimeException e) {
      distrust();
      throw e;
    }
  }

  private void distrust() {
    distrusted = true;
    meters.connected(false);
    meters.failedFlushes.incrementAndGet();
  }

  private void attempt(final boolean read) throws LinkException {
    final Collection<RedisFamily> all = List.copyOf(families.values());
    beat(false);
    final List<RedisFamily> held = new ArrayList<>();
    try {
      for (final RedisFamily family : all) {
        family.sending.lock();
        held.add(family);
      }
      underWay.keySet().stream().filter(RedisFamily::isRetired).toList().forEach(this::drop);
      unregister();
      for (final RedisFamily family : all) {
        register(family);
      }
      send(all);
      if (isAllSent(all)) {
        meters.flushed();
      }
      if (read) {
        read(all);
      }
      complaints.accepted("everything");
    } finally {
      held.forEach(family -> family.sending.unlock());
    }
  }

  private boolean isAllSent(final Collection<RedisFamily> all) {
    return all.stream().allMatch(f -> f.isRegistered() && !underWay.containsKey(f));
  }

  private void beat(final boolean leaving) throws LinkException {
    final Request heartbeat = layout.heartbeat(leaving);
    if (heartbeat != null) {
      final Object known = run(List.of(heartbeat)).get(0);
      if (!(known instanceof Long) && !(known instanceof RedisError)) {
        throw new IllegalStateException("the reply to a heartbeat is none: " + known);
      }
      if (Long.valueOf(0).equals(known) && everBeaten) {
        // It forgot this process, and so maybe all else.
        families.values().forEach(RedisFamily::comeBack);
      }
      everBeaten |= known instanceof Long;
    }
  }

  private List<Object> run(final List<Request> requests) throws LinkException {
    meters.commands.addAndGet(requests.size());
    return link.run(requests);
  }

  private void register(final RedisFamily family) throws LinkException {
    if (family.isRetired() || (family.isRegistered() && family.isConfirmed(refreshNanos))) {
      return;
    }
    try {
      final StoreLayout.Registered registered =
          layout.register(link, family.descriptor(), family.epoch());
      if (registered == null) {
        unregistered(family);
      } else {
        layout.prepare(link, family);
        family.register(registered.descriptor(), registered.epoch());
      }
    } catch (final MetricConflictException conflict) {
      family.conflict(conflict);
      retire(family);
      complaints.say(Level.ERROR, conflict.getMessage());
    } catch (final RefusedException refused) {
      meters.failedFlushes.incrementAndGet();
      complaints.refused(family.descriptor().name(), refused.error());
    }
  }

  /** Has a family taken out of the store in the next round that reaches it. */
  Unregistering unregister(final String family) {
    final Unregistering one = new Unregistering(family);
    unregistering.add(one);
    return one;
  }

  /** A name that is to be taken out, and, once it was, whether the store had it. */
  static final class Unregistering {
    private final String family;
    private volatile boolean found;

    private Unregistering(final String family) {
      this.family = family;
    }

    boolean isFound() {
      return found;
    }
  }

  private void unregister() throws LinkException {
    for (Unregistering one = unregistering.peek(); one != null; one = unregistering.peek()) {
      try {
        one.found = layout.unregister(link, one.family);
      } catch (final RefusedException refused) {
        // Not tried again, or the others would wait behind it: whoever asked gets no for an answer.
        meters.failedFlushes.incrementAndGet();
        complaints.refused("to unregister " + one.family, refused.error());
      }
      unregistering.remove();
    }
  }

  private void retire(final RedisFamily family) {
    family.retire();
    retired.add(family.descriptor().name());
    drop(family);
    families.remove(family.descriptor().name(), family);
  }

  /** By the holder of its {@code sending} lock. */
  private void drop(final RedisFamily family) {
    underWay.remove(family);
  }

  // ---- sending

  private void send(final Collection<RedisFamily> all) throws LinkException {
    final List<Outgoing> outgoing = new ArrayList<>();
    for (final RedisFamily family : all) {
      if (family.isRegistered() && !family.isRetired()) {
        collect(family, null, outgoing);
      }
    }
    for (int from = 0; from < outgoing.size(); from += PARCELS_AT_ONCE) {
      deliver(outgoing.subList(from, Math.min(outgoing.size(), from + PARCELS_AT_ONCE)));
    }
  }

  private record Outgoing(RedisFamily family, Parcel parcel) {}

  /** What is under way, or, where nothing is, what is pending. */
  private void collect(
      final RedisFamily family, final RedisSeries only, final List<Outgoing> outgoing)
      throws LinkException {
    Batch batch = underWay.get(family);
    if (batch == null && (only != null || family.isPending())) {
      layout.settle(link, family);
      final StoreLayout.Writing writing = layout.write(family);
      final List<RedisFamily.Frozen> frozen = family.freeze(writing, only);
      batch = new Batch(frozen, writing.parcels());
      underWay.put(family, batch);
    }
    if (batch != null) {
      for (final Parcel parcel : batch.parcels) {
        if (!parcel.delivered) {
          outgoing.add(new Outgoing(family, parcel));
        }
      }
      finish(family, batch); // one that had nothing to say
    }
    if (only == null) {
      refresh(family, batch, outgoing);
    }
  }

  /** Keeps those units from expiring that no parcel touches. */
  private void refresh(final RedisFamily family, final Batch batch, final List<Outgoing> outgoing) {
    final long now = System.nanoTime();
    for (final Unit unit : family.units()) {
      final boolean touched =
          batch != null && batch.parcels.stream().anyMatch(parcel -> parcel.unit == unit);
      if (!touched && unit.isRefreshDue(now, refreshNanos)) {
        outgoing.add(new Outgoing(family, unit.refresh()));
      }
    }
  }

  private void deliver(final List<Outgoing> outgoing) throws LinkException {
    if (outgoing.isEmpty()) {
      return;
    }
    final List<Request> requests = new ArrayList<>(outgoing.size());
    for (final Outgoing one : outgoing) {
      requests.add(layout.request(one.parcel, one.family));
    }
    final List<Object> replies = run(requests);
    for (int i = 0; i < replies.size(); i++) {
      receive(outgoing.get(i), replies.get(i));
    }
  }

  private void receive(final Outgoing one, final Object reply) {
    final RedisFamily family = one.family;
    if (reply instanceof RedisError error) {
      meters.failedFlushes.incrementAndGet();
      complaints.refused(family.descriptor().name(), error);
      return;
    }
    final List<?> words = (List<?>) reply;
    final String status = text(words.get(0));
    switch (status) {
      case "retired" -> unregistered(family);
      case "moved" -> family.rejoin();
      case "ok", "behind" -> {
        arrived(one, status.equals("behind"), text(words.get(2)));
        final long damaged = (Long) words.get(1);
        if (damaged > 0) {
          meters.damagedFields.addAndGet(damaged);
          complaints.refused(
              family.descriptor().name(),
              new RedisError("DAMAGED a field did not hold a number and was written anew"));
        }
      }
      default -> {
        // a gap: the parcels before it come again, and it after them
      }
    }
  }

  private static String text(final Object word) {
    return new String((byte[]) word, StandardCharsets.UTF_8);
  }

  private void unregistered(final RedisFamily family) {
    complaints.say(
        Level.INFO, family.descriptor().name() + " was unregistered; its updates go nowhere");
    retire(family);
  }

  private void arrived(final Outgoing one, final boolean behind, final String born) {
    final RedisFamily family = one.family;
    final Parcel parcel = one.parcel;
    parcel.delivered = true;
    parcel.unit.acked = Math.max(parcel.unit.acked, parcel.number);
    parcel.unit.refreshed(System.nanoTime());
    complaints.accepted(family.descriptor().name());
    final boolean lost = parcel.unit.isBornAnew(born);
    if (lost || behind) {
      meters.dataLosses.incrementAndGet();
      complaints.say(
          Level.WARNING,
          family.descriptor().name()
              + (lost
                  ? " was lost: the server was emptied, or let the key expire; it goes on from "
                      + (family.isDurable() ? "what the buffer file counted in all" : "zero")
                  : " has lost updates: the server went back to an older state; it goes on from"
                      + " there"));
    }
    if (lost) {
      family.resend(); // before the batch counts as acknowledged, which came after the loss
    }
    final Batch batch = underWay.get(family);
    if (batch != null) {
      finish(family, batch);
    }
  }

  private void finish(final RedisFamily family, final Batch batch) {
    if (batch.isDelivered() && underWay.remove(family, batch)) {
      family.acknowledge(batch.frozen);
    }
  }

  /** Sends what is pending of a family, and of one of its series, by the calling thread. */
  void sendNow(final RedisFamily family, final RedisSeries only) {
    if (!meters.isConnected() || !family.isRegistered() || family.isRetired()) {
      return; // the courier will
    }
    family.sending.lock();
    try {
      if (family.isRetired() || underWay.containsKey(family)) {
        return; // it comes after what the courier has still to carry
      }
      if (only == null || only.isPending()) {
        sendNowOrAgain(family, only);
      }
    } catch (final LinkException e) {
      meters.connected(false);
      meters.failedFlushes.incrementAndGet();
      complaints.unreachable(e);
    } catch (final RuntimeException e) {
      distrust();
      complaints.unexpected(e); // an update never throws
    } finally {
      family.sending.unlock();
    }
  }

  private void sendNowOrAgain(final RedisFamily family, final RedisSeries only)
      throws LinkException {
    final List<Outgoing> outgoing = new ArrayList<>();
    collect(family, only, outgoing);
    try {
      deliver(outgoing);
    } catch (final LinkException broken) {
      deliver(outgoing); // as in a round: the connection may have died of age
    }
  }

  // ---- reading

  private void read(final Collection<RedisFamily> all) throws LinkException {
    final Contents now = layout.read(link, all);
    for (final RedisFamily family : all) {
      final Contents.Kept kept = now.families().get(family.descriptor().name());
      final boolean ours = kept != null && kept.epoch().equals(family.epoch());
      if (ours && !underWay.containsKey(family)) {
        family.load(kept.rows());
      } else if (!ours && family.isRegistered()) {
        family.unsettle(); // gone from the catalog: the next round finds out why
      }
    }
    contents = now;
    readNanos = System.nanoTime();
    everRead = true;
  }

  // ---- the end

  void leave() {
    try {
      if (link != null && meters.isConnected()) {
        beat(true);
      }
    } catch (final LinkException e) {
      // It will be taken for dead a little later.
    }
  }

  void disconnect() {
    meters.connected(false);
    if (link != null) {
      link.close();
    }
  }
}
