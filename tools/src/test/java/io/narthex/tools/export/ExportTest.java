package io.narthex.tools.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.Info;
import io.narthex.MetricRegistry;
import io.narthex.StateSet;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, whose standard output is what the user gets, whatever the locale. */
final class ExportTest {
  @TempDir private Path directory;

  @Test
  void shouldWriteEachFormat() throws IOException, InterruptedException {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      Counter.builder("requests_total")
          .labelNames("path")
          .register(registry)
          .labelValues("/é\"\n,")
          .inc(2.5);
      Histogram.builder("latency_seconds").buckets(0.1, 1).register(registry).observe(0.5);
      StateSet.builder("breaker").states("open", "closed").register(registry).set("closed");
      Info.builder("build").labelNames("version").register(registry).labelValues("1").set();
      final ByteArrayOutputStream page = new ByteArrayOutputStream();
      TextFormat.PROMETHEUS.write(registry, page);

      final String text = run(0, "export", file.toString());
      assertThat(stable(text)).isEqualTo(stable(page.toString(StandardCharsets.UTF_8)));
      assertThat(text).contains("requests_total{path=\"/é\\\"\\n,\"} 2.5");
      assertThat(run(0, "export", file.toString(), "--format", "openmetrics"))
          .contains("requests_created{")
          .endsWith("# EOF\n");
      assertThat(
              JsonParser.parseString(run(0, "export", file.toString(), "--format", "JSON"))
                  .getAsJsonObject()
                  .getAsJsonArray("families")
                  .toString())
          .contains("\"labels\":{\"path\":\"/é\\\"\\n,\"}")
          .contains("\"label_names\":[\"path\"]");
      assertThat(run(0, "export", "--format=csv", file.toString()))
          .startsWith("metric,type,sample,labels,value,created_ms\n")
          .contains("requests,counter,requests_total,\"path=\"\"/é\\\"\"\\n,\"\"\",2.5,")
          .contains("latency_seconds,histogram,latency_seconds_bucket,\"le=\"\"0.1\"\"\",0,")
          .contains("latency_seconds,histogram,latency_seconds_bucket,\"le=\"\"1.0\"\"\",1,")
          .contains("latency_seconds,histogram,latency_seconds_bucket,\"le=\"\"+Inf\"\"\",1,")
          .contains("latency_seconds,histogram,latency_seconds_sum,,0.5,")
          .contains("breaker,stateset,breaker,\"breaker=\"\"closed\"\"\",1,")
          .contains("build,info,build_info,\"version=\"\"1\"\"\",1,");
    }
  }

  @Test
  void shouldSayInALineWhatIsWrong() throws IOException, InterruptedException {
    assertThat(run(1, "export", directory.resolve("missing").toString()))
        .startsWith("narthex: ")
        .contains("does not exist")
        .hasLineCount(1);
    assertThat(run(2, "export", "x", "--format", "xml"))
        .contains("'--format'", "[PROMETHEUS, OPENMETRICS, JSON, CSV]", "'xml'")
        .hasLineCount(2);
    assertThat(run(2, "export")).hasLineCount(2);
  }

  @Test
  void shouldSayThatNobodyReads() throws IOException, InterruptedException {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file))) {
      final Counter counter =
          Counter.builder("requests_total").labelNames("path").register(registry);
      for (int i = 0; i < 20_000; i++) {
        counter.labelValues("p" + i).inc();
      }
    }
    final List<String> command = command("export", file.toString());
    final String line = "'" + String.join("' '", command) + "' | head -n 1; exit ${PIPESTATUS[0]}";
    final Process process =
        new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isOne();
    assertThat(said).contains("narthex: cannot write to standard output").hasLineCount(2);
  }

  /** Without what is measured when somebody looks. */
  private static String stable(final String page) {
    return page.replaceAll("(?m)^narthex_(processes_alive|used_bytes|free_bytes) .*$", "");
  }

  private static List<String> command(final String... args) {
    final List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static String run(final int code, final String... args)
      throws IOException, InterruptedException {
    final ProcessBuilder builder = new ProcessBuilder(command(args)).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    final Process process = builder.start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(code);
    return said;
  }
}
