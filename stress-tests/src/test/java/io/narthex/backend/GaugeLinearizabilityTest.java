package io.narthex.backend;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lincheck looks for results of a gauge on the heap that no order of its operations explains. Those
 * of a mapped one, whose memory Lincheck does not see, are tried by the {@code …GaugeRace} classes.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public final class GaugeLinearizabilityTest {
  /** How many times the quick form's scenarios are tried. */
  private static final int EFFORT = Integer.getInteger("narthex.stress.lincheck.effort", 1);

  private final HeapFamily family =
      new HeapFamily(FamilyDescriptor.builder(MetricType.GAUGE, "g").build(), new HeapCells());
  private final GaugeSlot slot = (GaugeSlot) family.slot(LabelSet.EMPTY);

  /** Sets it. */
  @Operation
  public void set(@Param(name = "number") final int number) {
    slot.set(number);
  }

  /** Sets it to a NaN of the bits that stand for no value. */
  @Operation
  public void setToNan() {
    slot.set(Double.longBitsToDouble(HeapGaugeSlot.UNSET));
  }

  /** Adds to it. */
  @Operation
  public void add(@Param(name = "number") final int number) {
    slot.add(number);
  }

  /** Takes the value away. */
  @Operation
  public void unset() {
    slot.unset();
  }

  /** Whether it had a value. */
  @Operation
  public boolean remove() {
    return family.remove(LabelSet.EMPTY);
  }

  /** The value. */
  @Operation
  public double value() {
    return slot.value();
  }

  /** What a scrape shows. */
  @Operation
  public String scrape() {
    final HeapCursor cursor = new HeapCursor();
    return ((HeapValue) slot).read(cursor, false) ? Double.toString(cursor.value) : "hidden";
  }

  @Test
  void shouldExplainAllResultsInEveryInterleavingThatIsTried() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .iterations(10 * EFFORT)
        .invocationsPerIteration(100)
        .sequentialSpecification(Model.class)
        .check(GaugeLinearizabilityTest.class);
  }

  @Test
  void shouldExplainAllResultsUnderStress() {
    new StressOptions()
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .iterations(5 * EFFORT)
        .invocationsPerIteration(500)
        .sequentialSpecification(Model.class)
        .check(GaugeLinearizabilityTest.class);
  }

  /** One operation after the other. */
  public static final class Model {
    private boolean shown = true;
    private double number;

    /** Sets it. */
    public void set(final int to) {
      number = to;
      shown = true;
    }

    /** Sets it to NaN, which is a value like any other. */
    public void setToNan() {
      number = Double.NaN;
      shown = true;
    }

    /** Adds, from zero where there is no value. */
    public void add(final int amount) {
      number = (shown ? number : 0) + amount;
      shown = true;
    }

    /** Takes the value away. */
    public void unset() {
      shown = false;
    }

    /** Whether there was one. */
    public boolean remove() {
      final boolean was = shown;
      shown = false;
      return was;
    }

    /** The value. */
    public double value() {
      return shown ? number : Double.NaN;
    }

    /** What a scrape shows. */
    public String scrape() {
      return shown ? Double.toString(number) : "hidden";
    }
  }
}
