package io.narthex.tools.history;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import io.narthex.tools.text.Columns;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Sparkline;
import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of how each series went in a time. */
final class CourseTable implements HistoryReader.Visitor<RuntimeException> {
  private static final int WIDTH_MAX = 40;

  private final Timeline timeline;
  private final SeriesFilter filter;
  private final int width;
  private final long from;
  private final long span;
  private final Map<String, Course> courses = new TreeMap<>();
  private long before = Course.NONE;

  /**
   * An empty table.
   *
   * @param timeline the time, with a moment at least
   */
  CourseTable(final Timeline timeline, final SeriesFilter filter) {
    this.timeline = timeline;
    this.filter = filter;
    this.width = Math.max(1, Math.min(WIDTH_MAX, timeline.size() - 1));
    this.from = timeline.first();
    this.span = Math.max(1, timeline.last() - timeline.first());
  }

  @Override
  public void moment(final Reading reading) {
    final long since = reading.takenMillis() - from;
    final int column = (int) Math.max(0, Math.min(width - 1, since * width / span));
    for (final ReadingFamily family : filter.of(reading).families()) {
      for (final ReadingSeries series : family.series()) {
        final String name = SeriesFilter.name(family, series);
        courses
            .computeIfAbsent(name, key -> new Course(key, family.descriptor(), width))
            .add(series, before, reading.takenMillis(), column);
      }
    }
    before = reading.takenMillis();
  }

  /**
   * Writes the table.
   *
   * @param onlyChanged whether what stayed as it was is left out
   */
  void write(final PrintWriter out, final Charset charset, final boolean onlyChanged) {
    final Sparkline sparkline = Sparkline.in(charset);
    out.println(
        When.shown(timeline.first())
            + " to "
            + When.shown(timeline.last())
            + ", "
            + Numbers.count(timeline.size())
            + (timeline.size() == 1 ? " moment, " : " moments, ")
            + Numbers.count(courses.size())
            + " series");
    final List<Timeline.Note> events = new ArrayList<>(timeline.notes());
    for (final Timeline.Gap gap : timeline.gaps()) {
      final String time = Units.seconds((gap.to() - gap.from()) / 1e3);
      events.add(new Timeline.Note(gap.from(), "nothing was recorded for " + time));
    }
    events.sort(Comparator.comparingLong(Timeline.Note::millis));
    for (final Timeline.Note event : events) {
      out.println(When.shown(event.millis()) + "  " + Printable.of(event.text()));
    }
    out.println();
    final Columns columns = new Columns(">LAST", ">CHANGE", ">MIN", ">MAX", "", "SERIES");
    for (final Course course : courses.values()) {
      if (onlyChanged && course.isConstant()) {
        continue;
      }
      columns.add(
          course.lastText(),
          course.changeText(),
          course.leastText(),
          course.greatestText(),
          course.isCounted()
              ? sparkline.fromZero(course.drawn())
              : sparkline.fromLeast(course.drawn()),
          Printable.of(course.name()));
    }
    columns.print(out);
  }
}
