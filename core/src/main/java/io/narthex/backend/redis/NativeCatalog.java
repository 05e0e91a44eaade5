package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which metrics there are, in the native layout, and since when each is what it is. By the courier
 * alone.
 */
final class NativeCatalog {
  private static final int MOST_ATTEMPTS = 5;
  private static final int REGISTERED_WORDS = 3;
  private static final long DAY_SECONDS = 86_400;

  private final NativeKeys keys;
  private final long expireSeconds;

  NativeCatalog(final NativeKeys keys, final long expireSeconds) {
    this.keys = keys;
    this.expireSeconds = expireSeconds;
  }

  /** See {@link StoreLayout#register}. */
  StoreLayout.Registered register(
      final Link link, final FamilyDescriptor wanted, final String epoch) throws LinkException {
    String proposed = epoch;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      final List<?> reply = registerOnce(link, wanted, proposed);
      final FamilyDescriptor held = held(reply);
      final String how = Replies.text(reply.get(0));
      final String since = Replies.text(reply.get(2));
      final Hash hash = hash(link, held.name());
      if (epoch != null && hash.isUnregistered(epoch)) {
        return null;
      }
      final boolean overlaps = how.equals("overlap");
      final boolean same = !overlaps && held.sameSchema(wanted);
      // The catalog may have been lost, or gone back to an older state.
      final int order = overlaps ? 0 : hash.isOf(since);
      final boolean outlived = order > 0 || (order < 0 && how.equals("new"));
      if (hash.isUnregistered(since)) {
        proposed = later(hash.unregistered);
      } else if (outlived) {
        proposed = hash.epoch;
      } else if (same) {
        open(link, held.name(), since);
        return new StoreLayout.Registered(held, since);
      } else if (hash.epoch == null && isOld(since)) {
        proposed = null; // it expired, and is in nobody's way
      } else {
        throw FamilyDescriptor.conflict(wanted, held, "in Redis, key " + keys.data(held.name()));
      }
      Replies.one(
          link,
          Request.script(
              Script.FORGET, List.of(keys.catalog()), Replies.words(held.name(), since)));
    }
    throw damaged("has an entry that stands in the way and cannot be removed");
  }

  private FamilyDescriptor held(final List<?> reply) {
    if (reply.size() != REGISTERED_WORDS || reply.get(1) == null || reply.get(2) == null) {
      throw damaged("has an entry that is no description of it");
    }
    final FamilyDescriptor held;
    try {
      held = DescriptorJson.read(Replies.text(reply.get(1)));
    } catch (final IllegalArgumentException damaged) {
      throw damaged("has an entry that is no description of it");
    }
    if (!Numbers.isWhole(Replies.text(reply.get(2)))) {
      throw damaged("has an epoch that is no number, in the fields f: and e:" + held.name());
    }
    return held;
  }

  private RefusedException damaged(final String how) {
    return new RefusedException(new RedisError("DAMAGED " + keys.catalog() + ' ' + how));
  }

  private static String later(final String epoch) {
    try {
      return Long.toString(Long.parseLong(epoch) + 1);
    } catch (final NumberFormatException e) {
      return null;
    }
  }

  private List<?> registerOnce(final Link link, final FamilyDescriptor wanted, final String epoch)
      throws LinkException {
    final List<byte[]> arguments =
        Replies.words(
            wanted.name(),
            DescriptorJson.write(wanted),
            epoch == null ? "" : epoch,
            Long.toString(expireSeconds * 2));
    wanted.claimedNames().forEach(name -> arguments.add(Request.utf8(name)));
    return (List<?>)
        Replies.one(link, Request.script(Script.REGISTER, List.of(keys.catalog()), arguments));
  }

  /**
   * What the hash of a metric says of itself.
   *
   * @param epoch whose values it has, or null if it has none
   * @param unregistered the last epoch that was unregistered, or null
   */
  private record Hash(String epoch, String unregistered) {
    boolean isUnregistered(final String one) {
      return unregistered != null && Numbers.compareWhole(unregistered, one) >= 0;
    }

    /** Below 0 if its values are of an earlier epoch, above if of a later one. */
    int isOf(final String one) {
      return epoch == null ? 0 : Numbers.compareWhole(epoch, one);
    }
  }

  private Hash hash(final Link link, final String family) throws LinkException {
    final List<?> both =
        (List<?>) Replies.one(link, Request.command("HMGET", keys.data(family), "#", "-"));
    return new Hash(
        both.get(0) == null ? null : Replies.text(both.get(0)),
        both.get(1) == null ? null : Replies.text(both.get(1)));
  }

  /** Makes the hash, so that nobody takes the metric for one that expired. */
  private void open(final Link link, final String family, final String epoch) throws LinkException {
    final List<Request> requests = new ArrayList<>();
    requests.add(Request.command("HSETNX", keys.data(family), "#", epoch));
    if (expireSeconds > 0) {
      requests.add(Request.command("EXPIRE", keys.data(family), Long.toString(expireSeconds)));
    }
    for (final Object reply : link.run(requests)) {
      if (reply instanceof RedisError error) {
        throw new RefusedException(error);
      }
    }
  }

  /** Whether a metric was registered so long ago that its hash would be there by now. */
  private static boolean isOld(final String epoch) {
    try {
      final long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
      return micros - Long.parseLong(epoch) > TimeUnit.SECONDS.toMicros(2);
    } catch (final NumberFormatException e) {
      return true;
    }
  }

  /** See {@link StoreLayout#unregister}. */
  boolean unregister(final Link link, final String family) throws LinkException {
    final Object epoch = Replies.one(link, Request.command("HGET", keys.catalog(), "e:" + family));
    if (epoch == null) {
      return false;
    }
    final String stays = Long.toString(expireSeconds > 0 ? expireSeconds : DAY_SECONDS);
    Replies.one(
        link,
        Request.script(
            Script.RETIRE, List.of(keys.data(family)), Replies.words(Replies.text(epoch), stays)));
    final Object forgotten =
        Replies.one(
            link,
            Request.script(
                Script.FORGET,
                List.of(keys.catalog()),
                Replies.words(family, Replies.text(epoch))));
    return Long.valueOf(1).equals(forgotten);
  }
}
