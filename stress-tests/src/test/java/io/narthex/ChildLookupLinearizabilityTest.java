package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.CounterSlot;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SeriesVisitor;
import io.narthex.backend.Slot;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lincheck looks for results of look-ups, creations and removals in the on-heap index that no order
 * of these operations explains. They go through {@link Family}, so that its locking is the one that
 * is tried: readers hold nothing, and look again under the lock when they miss; writers hold it.
 *
 * <p>Children are told apart by a number that each gets when it is created: two creations of one
 * child, or a look-up that finds a removed one, show in the results.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
@Param(name = "key", gen = IntGen.class, conf = "0:2")
public final class ChildLookupLinearizabilityTest {
  /** How many times the quick form's scenarios are tried. */
  private static final int EFFORT = Integer.getInteger("narthex.stress.lincheck.effort", 1);

  private static final int ABSENT = 0;

  /** Of equal hashes, so that children stand in each other's places and are moved by removals. */
  private static final LabelValues[] KEYS = {values("AaAa"), values("AaBB"), values("BBAa")};

  private final Family<Counter> family =
      Counter.builder("c")
          .labelNames("l")
          .register(MetricRegistry.create(new NumberingBackend()))
          .family;

  /** Two children that stay, so that creating all three makes the table grow. */
  public ChildLookupLinearizabilityTest() {
    family.child(values("BBBB"));
    family.child(values("C#Aa"));
  }

  private static LabelValues values(final String value) {
    return LabelValues.of(new String[] {value});
  }

  /** The number of the child, which is created if need be. */
  @Operation
  public int get(@Param(name = "key") final int key) {
    return number(family.child(KEYS[key]));
  }

  /** The number of the child, or 0. */
  @Operation
  public int find(@Param(name = "key") final int key) {
    final Counter found = family.children.find(KEYS[key].hash(), KEYS[key]);
    if (found != null) {
      return number(found);
    }
    synchronized (family.children) {
      return number(family.children.find(KEYS[key].hash(), KEYS[key]));
    }
  }

  /** Whether the child was there. */
  @Operation
  public boolean remove(@Param(name = "key") final int key) {
    return family.remove(KEYS[key].a);
  }

  /** Removes all. */
  @Operation
  public void clear() {
    family.clear();
  }

  private static int number(final Counter child) {
    return child == null ? ABSENT : ((NumberedSlot) child.slot()).number;
  }

  @Test
  void shouldExplainAllResultsInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(2)
        .iterations(4 * EFFORT)
        .invocationsPerIteration(100)
        .check(ChildLookupLinearizabilityTest.class);
  }

  @Test
  void shouldExplainAllResultsUnderStress() {
    new StressOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(2)
        .iterations(4 * EFFORT)
        .invocationsPerIteration(100)
        .check(ChildLookupLinearizabilityTest.class);
  }

  /** Numbers the slots of its one family; it is called under the lock and has none of its own. */
  private static final class NumberingBackend implements Backend, BackendFamily {
    private final Set<LabelSet> present = new HashSet<>();
    private FamilyDescriptor descriptor;
    private int made = ABSENT;

    @Override
    public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
      descriptor = wanted;
      return this;
    }

    @Override
    public FamilyDescriptor descriptor() {
      return descriptor;
    }

    @Override
    public Slot slot(final LabelSet labels) {
      present.add(labels);
      return new NumberedSlot(++made);
    }

    /** For reading values, which is not tried here. */
    @Override
    public Slot find(final LabelSet labels) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(final LabelSet labels) {
      return present.remove(labels);
    }

    @Override
    public void clear() {
      present.clear();
    }

    @Override
    public boolean unregister(final String name) {
      return false;
    }

    @Override
    public <X extends Exception> void visit(final SeriesVisitor<X> visitor) {}

    @Override
    public void close() {}
  }

  private static final class NumberedSlot extends CounterSlot {
    final int number;

    NumberedSlot(final int number) {
      this.number = number;
    }

    @Override
    public void add(final int amount) {}

    @Override
    public void add(final double amount) {}

    @Override
    public double value() {
      return number;
    }
  }
}
