package io.narthex.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the dashboard in docs/ asks for what the demo exports. */
final class GrafanaDashboardTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*(?!\\w|\\s*\\()");
  private static final Set<String> WORDS = Set.of("by", "without", "and", "or", "unless", "bool");

  @TempDir private Path directory;

  private JsonObject dashboard;

  @BeforeEach
  void read() throws IOException {
    // Surefire runs in the module's directory.
    dashboard =
        JsonParser.parseString(Files.readString(Path.of("..", "docs", "grafana-demo.json")))
            .getAsJsonObject();
  }

  @Test
  void shouldNameOnlyWhatTheDemoExports() throws IOException {
    final Set<String> exported = exported();
    final Set<String> asked = new TreeSet<>();
    for (final String expression : expressions()) {
      final Set<String> names = names(expression);
      assertThat(names).as("metrics in %s", expression).isNotEmpty();
      asked.addAll(names);
    }
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(exported).containsAll(asked);
  }

  @Test
  void shouldOfferLabelsThatTheDemoHas() throws IOException {
    final Matcher query = LABEL_VALUES.matcher(dashboard.get("templating").toString());
    assertThat(query.find()).isTrue();
    assertThat(page()).contains(query.group(1) + '{' + query.group(2) + "=\"");
  }

  @Test
  void shouldHaveExpressionsThatPrometheusParses() throws IOException, InterruptedException {
    if (!Files.isExecutable(PROMTOOL)) {
      final String reason = PROMTOOL + " is not installed; Debian has it as prometheus";
      System.out.println("Skipped: " + reason);
      abort(reason);
    }
    final StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    int number = 0;
    for (final String expression : expressions()) {
      number++;
      rules.append("  - record: panel").append(number).append('\n');
      rules.append("    expr: '").append(expression).append("'\n");
    }
    final Path file = Files.writeString(directory.resolve("rules.yml"), rules);
    final Path output = directory.resolve("output");
    final Process process =
        new ProcessBuilder(PROMTOOL.toString(), "check", "rules", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("promtool: %s", Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("SUCCESS: " + number + " rules found");
  }

  /** All expressions, with values in the place of Grafana's variables. */
  private List<String> expressions() {
    final List<String> expressions = new ArrayList<>();
    for (final JsonElement panel : dashboard.getAsJsonArray("panels")) {
      for (final JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
        final String expression =
            target
                .getAsJsonObject()
                .get("expr")
                .getAsString()
                .replace("$__rate_interval", "1m")
                .replace("$worker", ".*");
        assertThat(expression).doesNotContain("$");
        expressions.add(expression);
      }
    }
    return expressions;
  }

  /** The metrics that an expression names: what is no function, no label, no word and no time. */
  private static Set<String> names(final String expression) {
    final String bare =
        expression
            .replaceAll("\\{[^}]*}", "")
            .replaceAll("\\[[^]]*]", "")
            .replaceAll("\\b(by|without)\\s*\\([^)]*\\)", "");
    final Set<String> names = new HashSet<>();
    final Matcher matcher = NAME.matcher(bare);
    while (matcher.find()) {
      if (!WORDS.contains(matcher.group())) {
        names.add(matcher.group());
      }
    }
    return names;
  }

  /** The names of the samples on the demo's page. */
  private Set<String> exported() throws IOException {
    final Set<String> names = new HashSet<>();
    for (final String line : page().split("\n", -1)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        names.add(line.split("[{ ]", 2)[0]);
      }
    }
    return names;
  }

  private String page() throws IOException {
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.open(directory.resolve("demo.nx")))) {
      final DemoMetrics metrics = new DemoMetrics(registry, "w0");
      metrics.requests.labels(DemoMetrics.METHOD, "GET", DemoMetrics.STATUS, "200").inc();
      metrics.duration.observe(0.001);
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      TextFormat.PROMETHEUS.write(registry, out);
      return out.toString(StandardCharsets.UTF_8);
    }
  }
}
