package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.backend.Backends;
import io.narthex.backend.LoadableBackends;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real environment variables and properties, each in a JVM that was started with them. */
final class LoadedFromOutsideTest {
  private static final String CLASS = "NARTHEX_BACKEND_CLASS";
  private static final String CONFIG = "NARTHEX_BACKEND_CONFIG";

  @TempDir private Path directory;

  private List<String> run(final Map<String, String> variables, final String... properties)
      throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(properties));
    command.add(LoadedFromOutside.class.getName());
    final File output = directory.resolve("output").toFile();
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(CLASS);
    builder.environment().remove(CONFIG);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(variables);
    final Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output.toPath(), StandardCharsets.UTF_8);
  }

  private String mappedConfig() throws IOException {
    final Path config = directory.resolve("backend.json");
    Files.writeString(config, "{\"path\": \"" + directory.resolve("a.nx") + "\"}");
    return config.toString();
  }

  @Test
  void shouldCountOnHeapWhereNothingIsSaid() throws Exception {
    assertThat(run(Map.of()))
        .containsExactly("load: HeapBackend", "argument: HeapBackend", "global: 1.0", "again: 2.0");
  }

  @Test
  void shouldCountWhereEnvironmentSays() throws Exception {
    final Map<String, String> variables = Map.of(CLASS, "mapped", CONFIG, mappedConfig());

    assertThat(run(variables))
        .containsExactly(
            "load: MappedBackend", "argument: HeapBackend", "global: 1.0", "again: 2.0");
    assertThat(run(variables)).contains("global: 3.0", "again: 4.0");
  }

  @Test
  void shouldPreferPropertiesToEnvironmentEachByItself() throws Exception {
    assertThat(
            run(
                Map.of(CLASS, "heap", CONFIG, "/no/such/file.json"),
                "-Dnarthex.backend.class=mapped",
                "-Dnarthex.backend.config=" + mappedConfig()))
        .contains("load: MappedBackend");
    assertThat(
            run(
                Map.of(CLASS, "no.such.Class", CONFIG, mappedConfig()),
                "-Dnarthex.backend.class=mapped"))
        .contains("load: MappedBackend");
  }

  @Test
  void shouldFailClearlyEachTimeAndRecoverOnceItIsPutRight() throws Exception {
    final String failure =
        "NarthexException backend \"maped\" (environment variable NARTHEX_BACKEND_CLASS) is unknown"
            + " (did you mean \"mapped\"?); there are heap, mapped, redis,"
            + " and any class that is on the class path, by its full name";

    assertThat(run(Map.of(CLASS, "maped")))
        .containsExactly(
            "load: " + failure, "argument: HeapBackend", "global: " + failure, "again: 1.0");
  }

  @Test
  void shouldNameVariableOfFileThatIsMissing() throws Exception {
    assertThat(run(Map.of(CONFIG, "/no/such/file.json")).get(0))
        .contains("\"/no/such/file.json\" (environment variable NARTHEX_BACKEND_CONFIG)");
  }

  /** Is not public, and not in the package of who would call it. */
  static final class Hidden extends LoadableBackends.OnHeap {
    public static Hidden fromConfig(final Map<String, ?> config) {
      return new Hidden();
    }
  }

  @Test
  void shouldSayThatBackendHasToBePublic() {
    assertThatThrownBy(() -> Backends.load(Hidden.class, Map.of()))
        .isExactlyInstanceOf(NarthexException.class)
        .hasMessageContaining("Hidden has to be public");
  }
}
