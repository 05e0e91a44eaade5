package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Processes are told apart although hosts number theirs alike. */
final class CensusTest {
  private final Census census =
      new Census(Map.of("a", "1", "b", "1", "c", "2", "d", "1"), Set.of("a", "c"));

  @Test
  void shouldTellEqualPidsApartByTheProcess() {
    assertEquals("1-a", census.pid("a"));
    assertEquals("1-b", census.pid("b"));
    assertEquals("1-d", census.pid("d"));
    assertEquals("2", census.pid("c"));
  }

  @Test
  void shouldNameAProcessOfWhichNothingIsKnown() {
    assertEquals("e", census.pid("e"));
    assertFalse(census.isKnown("e"));
    assertFalse(census.isAlive("e"));
  }

  @Test
  void shouldCountTheLivingOnly() {
    assertEquals(2, census.aliveCount());
    assertTrue(census.isAlive("a"));
    assertFalse(census.isAlive("b"));
    assertTrue(census.isKnown("b"));
    assertEquals(0, Census.EMPTY.aliveCount());
  }
}
