package io.narthex.jmh.report;

import java.util.List;

/**
 * A chart and its figures.
 *
 * @param id a word for file names, anchors and Markdown markers
 * @param plot its panels are empty where nothing was measured
 * @param grids the figures that it shows
 */
record Chart(String id, Plot plot, List<Grid> grids) {
  boolean isEmpty() {
    return plot.panels().isEmpty();
  }

  String title() {
    return plot.title();
  }

  static Chart empty(final String id, final String title) {
    return new Chart(id, new Plot(title, "", 1, 0, false, List.of(), List.of()), List.of());
  }
}
