package io.narthex.tools.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CourseTest {
  private static final FamilyDescriptor COUNTER =
      FamilyDescriptor.builder(MetricType.COUNTER, "requests").build();
  private static final FamilyDescriptor GAUGE =
      FamilyDescriptor.builder(MetricType.GAUGE, "depth").build();

  @Test
  void shouldCountFromTheFirstMomentOn() {
    final Course course = new Course("requests", COUNTER, 2);
    course.add(series(100, 5), Course.NONE, 1000, 0);
    course.add(series(100, 9), 1000, 3000, 1);

    assertThat(course.change()).isEqualTo(4);
    assertThat(course.least()).isEqualTo(2);
    assertThat(course.drawn()).containsExactly(Double.NaN, 2);
  }

  @Test
  void shouldCountAllOfASeriesThatCameLater() {
    final Course course = new Course("requests", COUNTER, 2);
    course.add(series(1500, 5), 1000, 2000, 0);

    assertThat(course.change()).isEqualTo(5);
    assertThat(course.greatest()).isEqualTo(5);
    assertThat(course.isConstant()).isFalse();
    assertThat(course.drawn()).containsExactly(5, Double.NaN);
  }

  @Test
  void shouldCountAllOfASeriesThatBeganAnew() {
    final Course course = new Course("requests", COUNTER, 1);
    course.add(series(100, 5), Course.NONE, 1000, 0);
    course.add(series(1500, 7), 1000, 2000, 0);
    course.add(series(1500, 1), 2000, 3000, 0);

    assertThat(course.change()).isEqualTo(8);
  }

  @Test
  void shouldTakeAValueThatWasNotThereAtFirstForAChange() {
    final Course constant = new Course("depth", GAUGE, 1);
    constant.add(series(100, 3), Course.NONE, 1000, 0);
    constant.add(series(100, 3), 1000, 2000, 0);
    assertThat(constant.isConstant()).isTrue();

    final Course came = new Course("depth", GAUGE, 1);
    came.add(series(1500, 3), 1000, 2000, 0);
    assertThat(came.isConstant()).isFalse();
    assertThat(came.change()).isZero();
  }

  @Test
  void shouldShowInTheTableWhatCameLater() {
    final Timeline timeline = new Timeline();
    timeline.add(1000);
    timeline.add(2000);
    final CourseTable table = new CourseTable(timeline, new SeriesFilter(null));
    table.moment(Reading.of(1000, List.of()));
    table.moment(
        Reading.of(
            2000,
            List.of(
                new ReadingFamily(COUNTER, List.of(series(1500, 5))),
                new ReadingFamily(GAUGE, List.of(series(1500, 3))))));
    final StringWriter shown = new StringWriter();
    table.write(new PrintWriter(shown, true), StandardCharsets.US_ASCII, true);

    assertThat(shown.toString().lines())
        .anyMatch(line -> line.matches(" +5 +5 +5.00/s +5.00/s .*requests_total"))
        .anyMatch(line -> line.matches(" +3 +0 +3 +3 .*depth"));
  }

  @Test
  void shouldShowValuesInTheirUnitsAndStatesByTheirNames() {
    final Course heap =
        new Course(
            "heap_bytes", FamilyDescriptor.builder(MetricType.GAUGE, "heap_bytes").build(), 1);
    heap.add(series(100, 3 << 20), Course.NONE, 1000, 0);
    heap.add(series(100, 1 << 20), 1000, 2000, 0);
    assertThat(heap.lastText()).isEqualTo("1.0 MiB");
    assertThat(heap.changeText()).isEqualTo("-2.0 MiB");
    assertThat(heap.greatestText()).isEqualTo("3.0 MiB");

    final Course breaker =
        new Course(
            "breaker",
            FamilyDescriptor.builder(MetricType.STATESET, "breaker")
                .states(List.of("open", "closed"))
                .build(),
            1);
    breaker.add(series(100, 2), Course.NONE, 1000, 0);
    breaker.add(series(100, 1), 1000, 2000, 0);
    assertThat(breaker.lastText()).isEqualTo("open");
    assertThat(breaker.changeText()).isEqualTo("-");
    assertThat(breaker.leastText()).isEqualTo("-");
    assertThat(breaker.isConstant()).isFalse();
  }

  private static ReadingSeries series(final long created, final double value) {
    return ReadingSeries.of("", created, value);
  }
}
