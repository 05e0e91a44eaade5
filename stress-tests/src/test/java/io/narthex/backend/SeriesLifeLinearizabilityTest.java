package io.narthex.backend;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a series on the heap. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
public final class SeriesLifeLinearizabilityTest extends SeriesLife {
  private final HeapFamily family =
      new HeapFamily(FamilyDescriptor.builder(MetricType.COUNTER, "c").build(), new HeapCells());
  private final CounterSlot slot = (CounterSlot) family.slot(LabelSet.EMPTY);

  @Override
  protected CounterSlot slot() {
    return slot;
  }

  @Override
  protected void createSeries() {
    family.slot(LabelSet.EMPTY);
  }

  @Override
  protected boolean removeSeries() {
    return family.remove(LabelSet.EMPTY);
  }

  @Override
  protected String scrapeSeries() {
    return Shown.of(family).text;
  }

  @Test
  void shouldExplainAllResultsInEveryInterleavingThatIsTried() {
    modelCheck(SeriesLifeLinearizabilityTest.class);
  }

  @Test
  void shouldExplainAllResultsUnderStress() {
    stress(SeriesLifeLinearizabilityTest.class);
  }
}
