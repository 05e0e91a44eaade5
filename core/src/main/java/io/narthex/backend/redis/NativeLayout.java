package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The engine's own layout: one hash for each metric, one for the parcels that made it, and two for
 * all.
 *
 * <pre>
 *   narthex:catalog         f:NAME descriptor, e:NAME epoch, n:CLAIMED NAME
 *   narthex:processes       ID: ms of the last heartbeat, pid
 *   narthex:{NAME}          the values, see apply.lua
 *   narthex:{NAME}:parcels  ID: number of the last parcel applied, seconds
 * </pre>
 *
 * <p>The braces put a metric's keys into one slot of a cluster.
 */
final class NativeLayout implements StoreLayout {
  private static final long DAY_SECONDS = 86_400;

  /** A server that was stopped may have kept processes from saying that they live. */
  private static final long LEAST_LEASE_MILLIS = 3_000;

  private static final long LEASE_INTERVALS = 3;

  private final NativeKeys keys;
  private final RedisProcess process;
  private final long expireSeconds;

  /** The prefix of fields of the buffer file; null where the buffer is the heap. */
  private final String source;

  private final NativeCatalog catalog;
  private final NativeReader reader;
  private int beats;

  NativeLayout(final RedisOptions options, final RedisProcess process, final String source) {
    this.keys = new NativeKeys(options.keyPrefix());
    this.process = process;
    this.source = source == null ? null : 'x' + source;
    this.expireSeconds = options.expireKeyTime().toSeconds();
    final long leaseMillis =
        Math.max(LEAST_LEASE_MILLIS, LEASE_INTERVALS * options.flushInterval().toMillis());
    final AbsentProcesses absent = new AbsentProcesses(Duration.ofMillis(leaseMillis * 2));
    this.catalog = new NativeCatalog(keys, expireSeconds);
    this.reader = new NativeReader(keys, process.id(), this.source, leaseMillis, absent);
  }

  @Override
  public void check(final FamilyDescriptor wanted) {
    // There is a place for everything.
  }

  @Override
  public List<Unit> units(final FamilyDescriptor family) {
    return List.of(new Unit(keys.data(family.name()), keys.parcels(family.name())));
  }

  @Override
  public Registered register(final Link link, final FamilyDescriptor wanted, final String epoch)
      throws LinkException {
    return catalog.register(link, wanted, epoch);
  }

  @Override
  public void prepare(final Link link, final RedisFamily family) {
    // The catalog has said all.
  }

  @Override
  public boolean unregister(final Link link, final String family) throws LinkException {
    return catalog.unregister(link, family);
  }

  @Override
  public Request heartbeat(final boolean leaving) {
    final boolean tidy = beats++ % 64 == 0;
    final String patience = tidy ? Long.toString(expireSeconds * 1000) : "0";
    return Request.script(
        Script.HEARTBEAT,
        List.of(keys.processes()),
        Replies.words(
            process.id(),
            (leaving ? "-" : "") + process.pid(),
            patience,
            Long.toString(expireSeconds * 2)));
  }

  @Override
  public Request request(final Parcel parcel, final RedisFamily family) {
    final List<byte[]> arguments =
        Replies.words(
            family.sender(),
            Long.toString(parcel.number),
            Long.toString(parcel.acked()),
            family.epoch(),
            Long.toString(expireSeconds),
            Long.toString(expireSeconds + DAY_SECONDS));
    arguments.addAll(parcel.operations);
    return Request.script(
        Script.APPLY, List.of(parcel.unit.dataKey, parcel.unit.parcelsKey), arguments);
  }

  @Override
  public void settle(final Link link, final RedisFamily family) {
    // A series has one place.
  }

  @Override
  public Writing write(final RedisFamily family) {
    return new NativeWriting(family, process.id(), source);
  }

  @Override
  public Contents read(final Link link, final Collection<RedisFamily> own) throws LinkException {
    return reader.read(link, own);
  }
}
