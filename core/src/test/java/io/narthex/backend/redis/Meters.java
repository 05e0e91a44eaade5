package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a backend says of itself in a visit. */
final class Meters implements SeriesVisitor<RuntimeException> {
  private static final String OWN = "narthex_";
  private final Map<String, Double> values = new HashMap<>();
  private String name;

  private Meters() {}

  static Meters of(final Backend backend) {
    final Meters meters = new Meters();
    backend.visit(meters);
    return meters;
  }

  double get(final String meter) {
    return values.get(OWN + meter);
  }

  @Override
  public boolean family(final FamilyDescriptor family) {
    name = family.name();
    return name.startsWith(OWN);
  }

  @Override
  public void series(final Series series) {
    values.put(name, series.value());
  }

  /** Waits until something is so; a failing test waits long. */
  static void await(final String what, final BooleanSupplier condition) {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 20 s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
