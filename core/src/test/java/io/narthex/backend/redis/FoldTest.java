package io.narthex.backend.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of processes make one value as the mode of the gauge says. */
final class FoldTest {
  private static final String OWN = "own";

  private static final Census CENSUS =
      new Census(Map.of(OWN, "1", "living", "2", "dead", "3"), Set.of(OWN, "living"));

  private static FamilyDescriptor gauge(final GaugeMode mode) {
    return FamilyDescriptor.builder(MetricType.GAUGE, "depth").gaugeMode(mode).build();
  }

  /**
   * What dead processes left, 100, and parts of a living and a dead one, and an old one of ours.
   */
  private static Row row() {
    final Row row = new Row(1, true);
    row.value = 100;
    row.hasValue = true;
    row.parts.put(OWN, 5_000.0);
    row.parts.put("living", 2.0);
    row.parts.put("dead", -30.0);
    return row;
  }

  private static double fold(final GaugeMode mode, final Row row, final Double own) {
    final FamilyDescriptor family = gauge(mode);
    final double value = Fold.of(family, row, own, OWN, CENSUS);
    if (!Double.isNaN(value) && !Fold.isBySeries(family)) {
      assertTrue(Fold.isAny(family, row, own, OWN, CENSUS));
    }
    return value;
  }

  @ParameterizedTest
  @CsvSource({
    "SUM, 79, 72",
    "MIN, -30, -30",
    "MAX, 100, 100",
    "LIVE_SUM, 9, 2",
    "LIVE_MIN, 2, 2",
    "LIVE_MAX, 7, 2",
    "ALL, 7, NaN",
    "LIVE_ALL, 7, NaN",
  })
  void shouldJoinOwnPartWithThoseThatCount(
      final GaugeMode mode, final double withOwn, final double withoutOwn) {
    assertEquals(withOwn, fold(mode, row(), 7.0));
    assertEquals(withoutOwn, fold(mode, row(), null));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SHARED", "MOST_RECENT"})
  void shouldShowOwnPartAloneAndNothingWhereThereIsNone(final GaugeMode mode) {
    final FamilyDescriptor family = gauge(mode);
    final Row empty = new Row(1, true);
    for (final Row row : new Row[] {null, empty}) {
      assertEquals(7, fold(mode, row, 7.0));
      assertTrue(Fold.isAny(family, row, 7.0, OWN, CENSUS));
      assertEquals(Double.NaN, fold(mode, row, null));
      assertFalse(Fold.isAny(family, row, null, OWN, CENSUS));
    }
    empty.parts.put(OWN, 4.0); // what was removed here, and is there still
    assertEquals(Double.NaN, fold(mode, empty, null));
    assertFalse(Fold.isAny(family, empty, null, OWN, CENSUS));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUM", "MIN", "MAX", "LIVE_SUM", "LIVE_MIN", "LIVE_MAX"})
  void shouldBeNoNumberWhereAPartIsNone(final GaugeMode mode) {
    final Row row = row();
    row.parts.put("living", Double.NaN);
    assertEquals(Double.NaN, fold(mode, row, 7.0));
    assertEquals(Double.NaN, fold(mode, row(), Double.NaN));
    assertTrue(Fold.isAny(gauge(mode), row, null, OWN, CENSUS));
    final Row rest = row();
    rest.value = Double.NaN;
    assertEquals(Fold.isLive(gauge(mode)), !Double.isNaN(fold(mode, rest, 7.0)));
  }

  @Test
  void shouldShowAnInfoOnceAndOfTheLivingOnly() {
    final FamilyDescriptor info = FamilyDescriptor.builder(MetricType.INFO, "build").build();
    final Row row = new Row(1, true);
    row.parts.put("dead", 1.0);
    assertFalse(Fold.isAny(info, row, null, OWN, CENSUS));
    row.parts.put("living", 1.0);
    assertTrue(Fold.isAny(info, row, null, OWN, CENSUS));
    assertEquals(1, Fold.of(info, row, null, OWN, CENSUS));
    assertEquals(1, Fold.of(info, row, 1.0, OWN, CENSUS));
  }
}
