package io.narthex.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.jmh.report.Target.Outcome;
import io.narthex.jmh.report.Target.Verdict;
import io.narthex.jmh.results.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a target is met, and where it is not. */
final class TargetsTest {
  private static final Map<String, String> ONE = Map.of("threads", "1");
  private static final Map<String, String> SERIES = Map.of("series", "100000");
  private static final Map<String, String> FRESH = Map.of("labels", "2", "strings", "fresh");

  private final List<Point> points = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"8.4, MET", "8.5, MET", "8.50001, MISSED", "85, MISSED"})
  void shouldBeMetUpToItsLimit(final double ours, final Verdict verdict) {
    add("counter-inc", "narthex mapped", ONE, ours);
    add("counter-inc", "client_java", ONE, 10);
    assertThat(outcome("counter-1").verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 0.5, MET, false",
    "8, 0.5, MET, true",
    "9, 0.5, MISSED, true",
    "10, 0.5, MISSED, false",
    "8.5, 0, MET, true",
  })
  void shouldBeCloseWhereLimitIsWithinTheError(
      final double ours, final double error, final Verdict verdict, final boolean close) {
    points.add(new Point("counter-inc", "narthex mapped", ONE, "ns/op", ours, error, null));
    points.add(new Point("counter-inc", "client_java", ONE, "ns/op", 10, 0.5, null));
    assertThat(outcome("counter-1").verdict()).isEqualTo(verdict);
    assertThat(outcome("counter-1").close()).isEqualTo(close);
  }

  @Test
  void shouldNotBeCloseWhereErrorOfOneSideIsNotKnown() {
    points.add(new Point("counter-inc", "narthex mapped", ONE, "ns/op", 8.5, 5.0, null));
    add("counter-inc", "client_java", ONE, 10);
    assertThat(outcome("counter-1").text()).isEqualTo("met");
    assertThat(outcome("counter-1").figure()).isEqualTo("0.850");
  }

  @ParameterizedTest
  @CsvSource({"9.25, MET", "9.2501, MISSED"})
  void shouldBeMetAtFractionOfPeer(final double ours, final Verdict verdict) {
    add("scrape", "narthex mapped", SERIES, ours);
    add("scrape", "client_java", SERIES, 370);
    assertThat(outcome("scrape").verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"60, MET", "60.01, MISSED"})
  void shouldKnowAbsoluteLimits(final double milliseconds, final Verdict verdict) {
    add("attach", "narthex mapped", SERIES, milliseconds);
    assertThat(outcome("attach").verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0.00001, MET", "24, MISSED"})
  void shouldCountGarbage(final double bytes, final Verdict verdict) {
    points.add(new Point("lookup", "narthex mapped", ONE, "ns/op", 25, null, bytes));
    assertThat(outcome("lookup-garbage").verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"990, MET", "1010, MET", "989, MISSED", "1011, MISSED"})
  void shouldTakePagesLargerAndSmaller(final double bytes, final Verdict verdict) {
    add("page-bytes", "narthex mapped", SERIES, bytes);
    add("page-bytes", "client_java", SERIES, 1000);
    assertThat(outcome("scrape-bytes").verdict()).isEqualTo(verdict);
  }

  @Test
  void shouldLeaveOutCostOfMakingStrings() {
    add("lookup", "narthex mapped", FRESH, 90);
    add("lookup", "client_java", FRESH, 130);
    assertThat(outcome("lookup-fresh").verdict()).isEqualTo(Verdict.NOT_MEASURED);
    add("lookup", "strings alone", FRESH, 30);
    assertThat(outcome("lookup-fresh").figure()).isEqualTo("0.600");
    assertThat(outcome("lookup-fresh").verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void shouldCompareWithoutFlagToWithIt() {
    add("counter-inc", "narthex mapped", ONE, 10);
    add("counter-inc", "narthex mapped, no flag", ONE, 13);
    assertThat(outcome("no-flag-counter-1").verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void shouldNotTakeOtherParametersForBaseCase() {
    final Map<String, String> few = Map.of("series", "1000");
    add("create", "narthex mapped", few, 1);
    add("create", "client_java", few, 2);
    assertThat(outcome("create").verdict()).isEqualTo(Verdict.NOT_MEASURED);
  }

  @Test
  void shouldNotBeMeasuredWithoutPeer() {
    add("counter-inc", "narthex mapped", ONE, 1);
    add("counter-inc", "client_java", ONE, Double.NaN);
    assertThat(outcome("counter-1").verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(outcome("counter-1").figure()).isEqualTo("–");
  }

  @Test
  void shouldHaveKeyOfItsOwn() {
    assertThat(Targets.all()).extracting(Target::key).doesNotHaveDuplicates();
  }

  private void add(
      final String measure,
      final String subject,
      final Map<String, String> parameters,
      final double value) {
    points.add(Point.of(measure, subject, parameters, "ns/op", value));
  }

  private Outcome outcome(final String key) {
    final Figures figures = new Figures(Sample.of(points));
    return Targets.all().stream()
        .filter(target -> target.key().equals(key))
        .findFirst()
        .orElseThrow()
        .outcome(figures);
  }

  @Test
  void shouldHaveAReasonForWhatMayBeMissed() {
    final List<String> bare =
        Targets.all().stream()
            .filter(target -> Reasons.of(target).isEmpty())
            .map(Target::key)
            .toList();
    // Garbage and the page's size are ours alone: there is no reason to miss them.
    assertThat(bare).allMatch(key -> key.endsWith("-garbage") || key.equals("scrape-bytes"));
  }
}
