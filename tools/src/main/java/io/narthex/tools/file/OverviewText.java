package io.narthex.tools.file;

import io.narthex.tools.text.Columns;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Times;
import io.narthex.tools.text.Units;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** An overview as tables for a terminal. */
final class OverviewText {
  private static final int BAR = 40;

  private final Overview overview;
  private final PrintWriter out;
  private final int top;
  private final long now = System.currentTimeMillis();

  OverviewText(final Overview overview, final PrintWriter out, final int top) {
    this.overview = overview;
    this.out = out;
    this.top = top;
  }

  void print() {
    out.println(overview.image.path());
    head();
    segments();
    index();
    processes();
    metrics();
  }

  private void head() {
    final Header header = overview.header;
    final Columns columns = new Columns("", "");
    columns.add(
        "layout",
        "version "
            + header.version()
            + (header.isTrusted() ? "" : ", HEADER DAMAGED: see narthex verify"));
    columns.add(
        "created",
        Times.time(header.createdMillis()) + ", " + Times.ago(header.createdMillis(), now));
    columns.add(
        "size",
        Units.bytes(overview.image.size())
            + " of at most "
            + Units.bytes(header.maxSize())
            + "; "
            + Units.bytes(overview.freeBytes())
            + " free before it grows");
    columns.add("stripes", header.stripes() + ", window of " + header.window() + " index words");
    columns.add(
        "series",
        Numbers.count(overview.shown())
            + " shown of "
            + Numbers.count(overview.series())
            + ", in "
            + Numbers.count(overview.activeMetrics(), "metric", "metrics")
            + (overview.badRecords == 0
                ? ""
                : "; " + Numbers.count(overview.badRecords, "BAD RECORD", "BAD RECORDS")));
    columns.add(
        "processes",
        overview.processes.count(ProcessState.ALIVE)
            + " alive"
            + unknown()
            + ", of "
            + Numbers.count(overview.processes.incarnations())
            + " so far");
    columns.add(
        "to reclaim",
        Units.bytes(overview.hiddenBytes())
            + " of what is removed or not set, "
            + Units.bytes(overview.lostBytes())
            + " that nothing leads to"
            + " (narthex compact)");
    columns.add("used up", Units.bytes(overview.wasted()) + " as writers count it");
    columns.print(out);
  }

  private String unknown() {
    final int unknown = overview.processes.count(ProcessState.UNKNOWN);
    return unknown == 0
        ? ""
        : ", "
            + unknown
            + (overview.processes.isReadable()
                ? " perhaps (the lock file is new)"
                : " perhaps (no permission to read the lock file)");
  }

  private void segments() {
    final Columns columns =
        new Columns(">#", "segment", ">offset", ">length", ">taken", ">of", "units", ">full");
    int index = 0;
    for (int row = 0; row < overview.directory.rows(); row++) {
      final Segment segment = Segment.read(overview.image, row);
      if (!overview.directory.isUsable(row)) {
        columns.add(
            row,
            Layout.kindName(segment.kind()) + " DAMAGED",
            segment.offset(),
            segment.length(),
            "",
            "",
            "",
            "");
        continue;
      }
      long taken = overview.used(segment);
      if (segment.kind() == Layout.INDEX) {
        taken = index < overview.words.size() ? overview.words.get(index) : 0;
        index++;
      }
      columns.add(
          row,
          Layout.kindName(segment.kind()),
          segment.offset(),
          Units.bytes(segment.length()),
          Numbers.count(taken),
          Numbers.count(segment.capacity()),
          segment.kind() == Layout.INDEX
              ? "words"
              : segment.kind() == Layout.RECORDS ? "bytes" : "cells a stripe",
          Numbers.percent(taken, segment.capacity()));
    }
    section("segments", columns);
  }

  private void index() {
    if (overview.found == 0) {
      return;
    }
    final Columns columns = new Columns(">words read", ">records", "");
    long most = 1;
    int last = 0;
    for (int i = 0; i < overview.probes.length; i++) {
      most = Math.max(most, overview.probes[i]);
      last = overview.probes[i] > 0 ? i : last;
    }
    for (int i = 0; i <= last; i++) {
      final long from = i == 0 ? 1 : (1L << (i - 1)) + 1;
      final long to = 1L << i;
      final long count = overview.probes[i];
      columns.add(
          from == to ? Long.toString(to) : from + "-" + to,
          Numbers.count(count),
          "#".repeat((int) ((count * BAR + most - 1) / most)));
    }
    section(
        String.format(
            Locale.ROOT,
            "look-ups in the index: %.2f words on average, %,d at most",
            (double) overview.probeSum / (double) overview.found,
            overview.mostProbes),
        columns);
  }

  private void processes() {
    final List<ProcessRow> rows = overview.processes.rows();
    final Columns columns =
        new Columns(">row", ">pid", ">incarnation", "state", "started", "last seen");
    for (int i = 0; i < rows.size(); i++) {
      final ProcessRow row = rows.get(i);
      final boolean described = row.isDescribed();
      columns.add(
          row.row(),
          described ? row.pid() : "?",
          row.owner(),
          overview.processes.state(i),
          described ? Times.time(row.startMillis()) : "?",
          described ? Times.ago(row.heartbeatMillis(), now) : "?");
    }
    section("processes", columns);
  }

  private void metrics() {
    final Columns columns =
        new Columns(">series", ">shown", ">records", ">cells", "type", "metric");
    final List<MetricUse> metrics = overview.metrics();
    for (final MetricUse use : metrics.subList(0, Math.min(top, metrics.size()))) {
      columns.add(
          Numbers.count(use.series),
          use.isActive() ? Numbers.count(use.shown) : "-",
          Units.bytes(use.recordBytes),
          Units.bytes(use.cellBytes),
          use.family.type().text(),
          Excerpts.of(use.family.shownName())
              + (use.isActive() ? "" : " (" + Layout.stateName(use.state) + ")"));
    }
    section("metrics by series", columns);
    if (metrics.size() > top) {
      out.println("  and " + Numbers.count(metrics.size() - (long) top) + " more");
    }
  }

  private void section(final String title, final Columns columns) {
    out.println();
    out.println(title + (columns.size() == 0 ? ": none" : ""));
    if (columns.size() > 0) {
      columns.print(out);
    }
  }
}
