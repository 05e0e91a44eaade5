package io.narthex.tools.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The parts of the page. What is not in this list is not served, wherever it may lie. */
final class Assets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private final Map<String, Asset> byPath = new HashMap<>();

  private Assets() {}

  /** Reads them all. */
  static Assets load() {
    final Assets assets = new Assets();
    assets.put("/", "index.html", "text/html; charset=utf-8");
    assets.put("/ui/icon.svg", "icon.svg", "image/svg+xml");
    assets.put("/ui/style.css", "style.css", STYLE);
    for (final String script :
        new String[] {
          "theme",
          "main",
          "feed",
          "store",
          "search",
          "format",
          "dom",
          "list",
          "spark",
          "chart",
          "heat",
          "quantile",
          "detail",
          "processes",
          "files"
        }) {
      assets.put("/ui/" + script + ".js", script + ".js", SCRIPT);
    }
    assets.put("/ui/uplot.js", UPLOT + "uPlot.esm.js", SCRIPT);
    assets.put("/ui/uplot.css", UPLOT + "uPlot.min.css", STYLE);
    return assets;
  }

  private void put(final String path, final String resource, final String contentType) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      byPath.put(path, new Asset(contentType, in.readAllBytes()));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The part at a path, or null. */
  Asset at(final String path) {
    return byPath.get(path);
  }
}
