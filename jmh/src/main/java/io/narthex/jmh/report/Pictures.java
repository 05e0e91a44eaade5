package io.narthex.jmh.report;

import io.narthex.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two pictures of the README. */
public final class Pictures {
  private static final int WIDTH = 800;

  private Pictures() {}

  /**
   * Writes {@code ratios.svg} and {@code growth.svg} into the directory, which it makes if need be;
   * one of which nothing was measured is left as it is.
   *
   * @return the files that were written
   */
  public static List<Path> write(final Results results, final Path directory) throws IOException {
    final Charts charts = new Charts(new Figures(results));
    final List<Path> written = new ArrayList<>();
    Files.createDirectories(directory);
    try (ECharts echarts = new ECharts()) {
      for (final Chart chart : List.of(charts.ratios(), charts.growth())) {
        if (!chart.isEmpty()) {
          final Path file = directory.resolve(chart.id() + ".svg");
          written.add(Files.writeString(file, echarts.svg(chart.plot(), WIDTH) + '\n'));
        }
      }
    }
    return List.copyOf(written);
  }
}
