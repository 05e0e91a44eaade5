package io.narthex.backend.redis;

import io.narthex.backend.BackendFamily;
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

  private final String text;

  /**
   * Makes the one series, which is pending from the start, as it was created, and waits in memory.
   *
   * @param others what others have counted
   */
  Flushed(final MetricType type, final double others, final double... bounds) {
    this(
        HeapBackend.create()
            .register(FamilyDescriptor.builder(type, "f").bounds(bounds).build(), null),
        LabelSet.EMPTY,
        false,
        new StoreOfOne(others, bounds.length + 1));
  }

  /**
   * Makes it as one process has it that lets it wait in a buffer file.
   *
   * @param file the family there
   */
  Flushed(final BackendFamily file, final LabelSet labels, final StoreOfOne store) {
    this(file, labels, true, store);
  }

  private Flushed(
      final BackendFamily local,
      final LabelSet labels,
      final boolean durable,
      final StoreOfOne store) {
    this.family =
        new RedisFamily(
            local.descriptor(), local, null, List.of(), PROCESS, new WaitingCarrier(durable));
    this.store = store;
    this.text = RedisFamily.text(labels);
    this.slot = family.slot(labels);
  }

  /** One round of the courier; by one thread at a time. */
  void flush() {
    if (family.isPending()) {
      family.acknowledge(family.freeze(store, null));
    }
  }

  /** The heart of a round alone, so that it meets as much as possible; by one thread at a time. */
  void flushClosely() {
    final RedisSeries series = family.series().get(text);
    if (series.isPending()) {
      series.freeze(store);
      series.acknowledge();
    }
  }

  /** Has the family take over what the store holds, as the courier does after it has read it. */
  void load() {
    family.load(Map.of(text, store.row()));
  }

  boolean isPending() {
    return family.isPending();
  }

  /** Has updates wait for the courier, in a file or in memory. */
  private record WaitingCarrier(boolean isDurable) implements Carrier {
    @Override
    public boolean isDirect() {
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
