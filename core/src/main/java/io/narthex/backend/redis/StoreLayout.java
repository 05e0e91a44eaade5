package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import java.util.Collection;
import java.util.List;

/**
 * Which keys and fields of the store metrics are kept in. All but {@code register}, {@code read},
 * {@code heartbeat} and {@code unregister} is for any number of threads; those are for the courier.
 */
interface StoreLayout {
  /**
   * Refuses what the layout has no place for.
   *
   * @throws io.narthex.NarthexException which says what is allowed
   */
  void check(FamilyDescriptor wanted);

  /**
   * Brings a family into the store, or finds it there.
   *
   * @param epoch where the store kept it before, or null if this process has not asked yet
   * @return the help text and schema that the store has; null if it was unregistered meanwhile
   * @throws io.narthex.MetricConflictException if a name is taken by another schema
   */
  Registered register(Link link, FamilyDescriptor wanted, String epoch) throws LinkException;

  /** Where the store keeps a family. */
  record Registered(FamilyDescriptor descriptor, String epoch) {}

  /** Looks at what the store has of a family before the first parcel. */
  void prepare(Link link, RedisFamily family) throws LinkException;

  /** Where a family's values are: one place, or several. */
  List<Unit> units(FamilyDescriptor family);

  /** Looks up what it has to know of the store before what is pending of a family is written. */
  void settle(Link link, RedisFamily family) throws LinkException;

  /** Starts to collect what is to be done for a family. */
  Writing write(RedisFamily family);

  /** What is to be done for a family, as parcels. */
  interface Writing extends OperationSink {
    List<Parcel> parcels();
  }

  /** Sends a parcel. */
  Request request(Parcel parcel, RedisFamily family);

  /** What a process says at each round, or at its end; null for nothing. */
  Request heartbeat(boolean leaving);

  /** Reads everything: the families that this process registered, and what else can be found. */
  Contents read(Link link, Collection<RedisFamily> own) throws LinkException;

  /**
   * Takes a family out for all processes.
   *
   * @return whether it was there
   */
  boolean unregister(Link link, String family) throws LinkException;
}
