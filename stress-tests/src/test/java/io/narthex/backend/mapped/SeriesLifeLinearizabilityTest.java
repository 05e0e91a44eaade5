package io.narthex.backend.mapped;

import io.narthex.backend.CounterSlot;
import io.narthex.backend.SeriesLife;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The life of a series in a file that two processes map, of which one counts and removes and the
 * other reads. Under stress only: Lincheck's model checker does not see off-heap memory.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
public final class SeriesLifeLinearizabilityTest extends SeriesLife {
  /** Two stores in one JVM complain of each other, and of the file that has no name. */
  private static final Logger COMPLAINTS = Logger.getLogger("io.narthex.backend.mapped");

  private final RaceFile file = RaceFile.shared();
  private final long offset =
      file.one.counters.findOrCreate(Attached.labels(RaceFile.nextNumber()), false);
  private final CounterSlot slot = file.one.counter(offset);

  @Override
  protected CounterSlot slot() {
    return slot;
  }

  @Override
  protected void createSeries() {
    file.one.counters.revive(offset);
  }

  @Override
  protected boolean removeSeries() {
    return file.one.counters.remove(offset, Liveness.nobody());
  }

  @Override
  protected String scrapeSeries() {
    return file.other.shownCounter(offset);
  }

  @BeforeAll
  static void hush() {
    COMPLAINTS.setLevel(Level.OFF);
  }

  @AfterAll
  static void close() {
    RaceFile.closeShared();
    COMPLAINTS.setLevel(null);
  }

  @Test
  void shouldExplainAllResultsUnderStress() {
    stress(SeriesLifeLinearizabilityTest.class);
  }
}
