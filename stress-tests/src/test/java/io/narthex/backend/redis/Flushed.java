package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.backend.Slot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A family of one series as the courier sees it, and what the courier does with it: it freezes what
 * is pending, carries it to the store, and says that it arrived.
 */
final class Flushed {
  private static final RedisProcess PROCESS = new RedisProcess("p", "1", new AtomicLong());

  final RedisFamily family;
  final StoreOfOne store;
  final Slot slot;

  /**
   * Makes the one series, which is pending from the start, as it was created.
   *
   * @param others what others have counted
   */
  Flushed(final MetricType type, final double others, final double... bounds) {
    final FamilyDescriptor descriptor = FamilyDescriptor.builder(type, "f").bounds(bounds).build();
    family =
        new RedisFamily(
            descriptor,
            HeapBackend.create().register(descriptor, null),
            null,
            List.of(),
            PROCESS,
            new WaitingCarrier());
    store = new StoreOfOne(others, bounds.length + 1);
    slot = family.slot(LabelSet.EMPTY);
  }

  /** One round of the courier; by one thread at a time. */
  void flush() {
    if (family.isPending()) {
      family.acknowledge(family.freeze(store, null));
    }
  }

  /** The heart of a round alone, so that it meets as much as possible; by one thread at a time. */
  void flushClosely() {
    final RedisSeries series = family.series().get(RedisFamily.text(LabelSet.EMPTY));
    if (series.isPending()) {
      series.freeze(store);
      series.acknowledge();
    }
  }

  /** Has the family take over what the store holds, as the courier does after it has read it. */
  void load() {
    final Row row = new Row(1, false);
    row.value = store.value();
    row.hasValue = true;
    family.load(Map.of(RedisFamily.text(LabelSet.EMPTY), row));
  }

  boolean isPending() {
    return family.isPending();
  }

  /** Has updates wait for the courier. */
  private static final class WaitingCarrier implements Carrier {
    @Override
    public boolean isDirect() {
      return false;
    }

    @Override
    public boolean isDurable() {
      return false;
    }

    @Override
    public void write(final RedisFamily family, final RedisSeries series) {}

    @Override
    public void freshen() {}

    @Override
    public Census census() {
      return Census.EMPTY;
    }
  }
}
