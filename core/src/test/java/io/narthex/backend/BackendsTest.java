package io.narthex.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.narthex.NarthexException;
import io.narthex.backend.LoadableBackends.Good;
import io.narthex.backend.mapped.MappedBackend;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backend is loaded, and what is said where none can be. */
final class BackendsTest {
  private static final String CLASS = "narthex.backend.class";
  private static final String CONFIG = "narthex.backend.config";

  @TempDir private Path directory;
  private final ClassLoader context = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void assumeThatEnvironmentSaysNothing() {
    assumeThat(System.getenv("NARTHEX_BACKEND_CLASS")).isNull();
    assumeThat(System.getenv("NARTHEX_BACKEND_CONFIG")).isNull();
  }

  @AfterEach
  void restore() {
    System.clearProperty(CLASS);
    System.clearProperty(CONFIG);
    Thread.currentThread().setContextClassLoader(context);
  }

  private Path file(final String text) throws IOException {
    final Path file = directory.resolve("backend.json");
    Files.writeString(file, text);
    return file;
  }

  private static Map<String, ?> loadGood(final Path config) {
    System.setProperty(CLASS, Good.class.getName());
    System.setProperty(CONFIG, config.toString());
    return ((Good) Backends.load()).config;
  }

  private static void assertRefused(final Supplier<?> loading, final String... parts) {
    assertThatThrownBy(loading::get)
        .isExactlyInstanceOf(NarthexException.class)
        .hasMessageContainingAll(parts);
  }

  // ---- which

  @Test
  void shouldLoadHeapWhereNothingIsSaid() {
    assertThat(Backends.load()).isInstanceOf(HeapBackend.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void shouldTakeBlankSettingsForNone(final String blank) {
    System.setProperty(CLASS, blank);
    System.setProperty(CONFIG, blank);

    assertThat(Backends.load()).isInstanceOf(HeapBackend.class);
  }

  @Test
  void shouldLoadByShortNameAndByClassName() {
    final Map<String, ?> mapped = Map.of("path", directory.resolve("a.nx").toString());
    for (final String name :
        List.of("mapped", " mapped ", "io.narthex.backend.mapped.MappedBackend")) {
      try (Backend backend = Backends.load(name, mapped)) {
        assertThat(backend).isInstanceOf(MappedBackend.class);
      }
    }
    assertThat(Backends.load("heap", Map.of())).isInstanceOf(HeapBackend.class);
    assertThat(Backends.load(Good.class.getName(), Map.of("a", 1)))
        .isInstanceOfSatisfying(
            Good.class, good -> assertThat(good.config).isEqualTo(Map.of("a", 1)));
  }

  @Test
  void shouldLoadByClass() {
    final Path path = directory.resolve("a.nx");
    try (MappedBackend backend = Backends.load(MappedBackend.class, Map.of("path", path))) {
      assertThat(backend).hasToString("MappedBackend(" + path + ")");
    }
  }

  @Test
  void shouldPreferArgumentsToProperties() throws IOException {
    System.setProperty(CLASS, "no.such.Class");
    System.setProperty(CONFIG, file("not even read").toString());

    assertThat(Backends.load(Good.class, Map.of()).config).isEmpty();
    assertThat(Backends.load("heap", Map.of())).isInstanceOf(HeapBackend.class);
  }

  @Test
  void shouldLoadMappedBackendFromProperties() throws IOException {
    final Path path = directory.resolve("a.nx");
    System.setProperty(CLASS, "mapped");
    System.setProperty(CONFIG, file("{\"path\": \"" + path + "\", \"stripes\": 1}").toString());

    try (Backend backend = Backends.load()) {
      assertThat(backend).hasToString("MappedBackend(" + path + ")");
    }
  }

  // ---- the file

  @Test
  void shouldReadAllTypesOfJson() throws IOException {
    final Map<String, Object> expected = new HashMap<>();
    expected.put("text", "ü \" \\ \n €");
    expected.put("whole", 7L);
    expected.put("negative", -7L);
    expected.put("huge", new BigInteger("123456789012345678901234567890"));
    expected.put("number", 0.5);
    expected.put("power", 1000.0);
    expected.put("yes", true);
    expected.put("nothing", null);
    expected.put("list", List.of(1L, "a", Map.of("b", false)));

    assertThat(
            loadGood(
                file(
                    """
                    {"text": "ü \\" \\\\ \\n \\u20ac", "whole": 7, "negative": -7,
                     "huge": 123456789012345678901234567890,
                     "number": 0.5, "power": 1e3, "yes": true, "nothing": null,
                     "list": [1, "a", {"b": false}]}
                    """)))
        .isEqualTo(expected);
    assertThat(loadGood(file(" {} "))).isEmpty();
  }

  @Test
  void shouldSayWhichFileIsMissing() {
    final Path missing = directory.resolve("missing.json");
    assertRefused(() -> loadGood(missing), missing + "", "system property " + CONFIG, "not exist");
    assertRefused(
        () -> loadGood(Path.of("no/such.json")),
        "\"no/such.json\"",
        "does not exist; it would be " + Path.of("no/such.json").toAbsolutePath());
  }

  @Test
  void shouldSayWhatIsNoFile() {
    assertRefused(() -> loadGood(directory), directory + "", "is a directory");
    assertRefused(() -> loadGood(directory.resolve("a/b")), "a/b", "does not exist");
    System.setProperty(CONFIG, "a\0b");
    assertRefused(Backends::load, CONFIG, "is no path");
  }

  @Test
  void shouldSayThatFileMayNotBeRead() throws IOException {
    final Path file = file("{}");
    assertThat(file.toFile().setReadable(false)).isTrue();
    if (Files.isReadable(file)) {
      final String reason = "skipped: root may read everything";
      System.out.println(reason);
      abort(reason);
    }

    assertRefused(() -> loadGood(file), file + "", "may not be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | line 1 column 1",
        "{ | line 1 column 2",
        "{\"a\": 1,} | line 1 column",
        "{\"a\": x} | line 1 column",
        "{'a': 1} | line 1 column",
        "{\"a\": 1} {} | line 1 column",
        "{\"a\": NaN} | line 1 column",
        "{\"a\": 01} | line 1 column",
        "{\"a\" 1} | line 1 column",
        "// {} | line 1 column",
        "[] | is no JSON object",
        "\"a\" | is no JSON object",
        "7 | is no JSON object",
        "null | is no JSON object",
        "{\"a\": 1, \"a\": 2} | has the key \"a\" twice",
        "{\"a\": {\"b\": 1, \"b\": 1}} | has the key \"b\" twice",
      })
  void shouldSayWhatIsWrongWithFile(final String text, final String part) throws IOException {
    final Path file = file(text);

    assertRefused(() -> loadGood(file), file + "", "system property " + CONFIG, part);
  }

  @Test
  void shouldSayInWhichLineJsonIsMalformed() throws IOException {
    final Path file = file("{\n  \"path\": \"/a\"\n  \"stripes\": 1\n}");

    assertThatThrownBy(() -> loadGood(file))
        .hasMessageContaining("is no valid JSON: ")
        .hasMessageContaining("line 3 column 4")
        .hasMessageNotContaining("http");
    assertThatThrownBy(() -> loadGood(file("{\n'a': 1}")))
        .hasMessageEndingWith("is no valid JSON: malformed at line 2 column 2 path $.");
  }

  @Test
  void shouldSayThatFileIsNotUtf8() throws IOException {
    final Path file = directory.resolve("latin1.json");
    Files.write(file, "{\"a\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(() -> loadGood(file), file + "", "is not UTF-8");
  }

  @Test
  void shouldRefuseEndlessNesting() throws IOException {
    final Path file = file("{\"a\":" + "[".repeat(100_000));

    assertRefused(() -> loadGood(file), file + "", "line 1 column");
  }

  // ---- the class

  @Test
  void shouldSayWhichNamesThereAre() {
    System.setProperty(CLASS, "maped");
    assertRefused(
        Backends::load,
        "\"maped\" (system property narthex.backend.class) is unknown",
        "did you mean \"mapped\"?",
        "heap, mapped, redis");
    assertRefused(
        () -> Backends.load("io.narthex.backend.mapped.MapedBackend", Map.of()),
        "(argument)",
        "did you mean \"io.narthex.backend.mapped.MappedBackend\"?");
    assertRefused(() -> Backends.load("", Map.of()), "\"\" (argument) is unknown");
    assertRefused(() -> Backends.load("a/b", Map.of()), "is unknown");
  }

  @Test
  void shouldRefuseClassThatIsNoBackend() {
    assertRefused(
        () -> Backends.load("java.lang.String", Map.of()),
        "\"java.lang.String\" (argument)",
        "does not implement io.narthex.backend.Backend");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WithoutMethod", "WithMethodOfObject"})
  void shouldSayWhichMethodIsMissing(final String name) {
    assertRefused(
        () -> Backends.load("io.narthex.backend.LoadableBackends$" + name, Map.of()),
        "(argument)",
        "\"public static " + name + " fromConfig(Map<String, ?> config)\"");
  }

  @Test
  void shouldRefuseInterface() {
    assertRefused(() -> Backends.load(Backend.class, Map.of()), "fromConfig(Map<String, ?>");
  }

  @Test
  void shouldRefuseWhatIsNotOfItsClass() {
    assertRefused(() -> Backends.load(LoadableBackends.MakesNull.class, Map.of()), "but null");
    assertRefused(
        () -> Backends.load(LoadableBackends.MakesOther.class, Map.of()),
        "MakesOther",
        "but a io.narthex.backend.HeapBackend");
  }

  @ParameterizedTest
  @CsvSource({
    "checked, java.lang.Exception: checked",
    "argument, stripes 3 is no power of two",
    "narthex, disk is on fire"
  })
  void shouldKeepWhatFromConfigThrew(final String how, final String part) throws IOException {
    final Path file = file("{\"how\": \"" + how + "\"}");
    System.setProperty(CLASS, LoadableBackends.Throws.class.getName());
    System.setProperty(CONFIG, file.toString());

    assertThatThrownBy(Backends::load)
        .isExactlyInstanceOf(NarthexException.class)
        .hasMessageContainingAll("LoadableBackends$Throws", CLASS, file + "", CONFIG, part)
        .cause()
        .hasMessageContaining(part.substring(part.indexOf(' ') + 1));
  }

  @Test
  void shouldSayWhatClassCannotBeLinked() {
    assertRefused(
        () -> Backends.load(LoadableBackends.Unlinked.class, Map.of()),
        "Unlinked cannot be used",
        "org/acme/Driver");
  }

  @Test
  void shouldSayWhereOptionsThatNobodyKnowsCameFrom() throws IOException {
    final Path file = file("{\"path\": \"/dev/shm/a.nx\"}");
    System.setProperty(CONFIG, file.toString());

    assertRefused(
        Backends::load,
        "\"heap\"",
        "neither narthex.backend.class nor NARTHEX_BACKEND_CLASS is set",
        file + "",
        CONFIG,
        "HeapBackend has no option \"path\"",
        "it has: max_series_per_metric");
  }

  @Test
  void shouldAskForJedisWhereItIsNotThere() throws Exception {
    final List<URL> urls = new ArrayList<>();
    for (final String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!part.contains("jedis")) {
        urls.add(Path.of(part).toUri().toURL());
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      final var load =
          without.loadClass(Backends.class.getName()).getMethod("load", String.class, Map.class);

      assertThatThrownBy(() -> load.invoke(null, "redis", Map.of()))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContainingAll("\"redis\" (argument)", "redis.clients:jedis");
    }
  }

  // ---- class loaders

  @Test
  void shouldFindProviderByItsShortName() throws IOException {
    final Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(BackendProvider.class.getName()),
        LoadableBackends.GoodProvider.class.getName());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, context)) {
      Thread.currentThread().setContextClassLoader(loader);

      assertThat(Backends.load("good", Map.of())).isInstanceOf(Good.class);
      assertRefused(() -> Backends.load("god", Map.of()), "did you mean \"good\"?", "redis, good");
      assertRefused(
          () -> Backends.load("good", Map.of("throw", 1)),
          "\"good\" (argument)",
          "IllegalStateException: no");
      assertRefused(() -> Backends.load("good", Map.of("null", 1)), "GoodProvider", "made null");
      Files.writeString(services.resolve(BackendProvider.class.getName()), "no.Such");
      assertRefused(() -> Backends.load("god", Map.of()), "provider cannot be loaded", "no.Such");
      assertThat(Backends.load("heap", Map.of())).isInstanceOf(HeapBackend.class);
    }
  }

  @Test
  void shouldDoWithoutContextClassLoader() {
    Thread.currentThread().setContextClassLoader(null);
    assertThat(Backends.load(Good.class.getName(), Map.of())).isInstanceOf(Good.class);

    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    assertThat(Backends.load(Good.class.getName(), Map.of())).isInstanceOf(Good.class);
  }

  @Test
  void shouldLoadWhatOnlyContextClassLoaderKnows() throws IOException {
    final String name = Good.class.getName();
    final String path = name.replace('.', '/') + ".class";
    // A class of the same name from elsewhere: loaded anew, it is another class.
    final byte[] code;
    try (var in = context.getResourceAsStream(path)) {
      code = in.readAllBytes();
    }
    final ClassLoader plugin =
        new ClassLoader(context) {
          @Override
          protected Class<?> loadClass(final String wanted, final boolean resolve)
              throws ClassNotFoundException {
            synchronized (getClassLoadingLock(wanted)) {
              if (!wanted.equals(name)) {
                return super.loadClass(wanted, resolve);
              }
              final Class<?> known = findLoadedClass(name);
              return known != null ? known : defineClass(name, code, 0, code.length);
            }
          }
        };
    Thread.currentThread().setContextClassLoader(plugin);

    assertThat(Backends.load(name, Map.of()).getClass().getClassLoader()).isSameAs(plugin);
  }
}
