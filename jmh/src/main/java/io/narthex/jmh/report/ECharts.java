package io.narthex.jmh.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Draws plots as SVG by ECharts, which runs in Rhino; for one thread. */
final class ECharts implements AutoCloseable {
  private static final String ECHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

  /** Animations would need them; without animations nothing calls them back. */
  private static final String NO_TIMERS =
      "function setTimeout() { return 0; } function clearTimeout() {}"
          + " function setInterval() { return 0; } function clearInterval() {}";

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Context context;
  private final Scriptable scope;
  private boolean ready;

  /** Enters Rhino; {@link #close} leaves it. */
  ECharts() {
    context = Context.enter();
    // Some functions of ECharts are larger than a method of the JVM may be.
    context.setInterpretedMode(true);
    context.setLanguageVersion(Context.VERSION_ES6);
    // Without Java's classes: the script needs none.
    scope = context.initSafeStandardObjects();
  }

  /** The plot as an SVG document of that width; its height follows from what it shows. */
  String svg(final Plot plot, final int width) {
    if (!ready) {
      read();
    }
    ScriptableObject.putProperty(scope, "plotJson", GSON.toJson(plot));
    ScriptableObject.putProperty(scope, "plotWidth", width);
    return Context.toString(evaluate("draw(plotJson, plotWidth)", "draw"));
  }

  /** Takes some seconds, so it waits for the first plot. */
  private void read() {
    evaluate(NO_TIMERS, "timers");
    evaluate(Resources.text(ECHARTS), "echarts.min.js");
    evaluate(Resources.text("charts.js"), "charts.js");
    ready = true;
  }

  private Object evaluate(final String script, final String name) {
    return context.evaluateString(scope, script, name, 1, null);
  }

  @Override
  public void close() {
    Context.exit();
  }
}
