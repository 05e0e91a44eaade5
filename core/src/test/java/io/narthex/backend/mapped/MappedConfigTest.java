package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import io.narthex.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapped file, opened from outside. */
final class MappedConfigTest {
  @TempDir private Path directory;

  private Map<String, Object> config(final Object... more) {
    final Map<String, Object> config = new HashMap<>();
    config.put("path", directory.resolve("a.nx").toString());
    for (int i = 0; i < more.length; i += 2) {
      config.put((String) more[i], more[i + 1]);
    }
    return config;
  }

  @Test
  void shouldTakeAllOptionsOfBuilder() throws IOException {
    final Map<String, Object> config =
        config(
            "initial_size", "1m",
            "max_size", 4L << 20,
            "stripes", "4",
            "permissions", "rw-r-----",
            "max_series_per_metric", 10,
            "when_unused", "reset",
            "when_incompatible", "replace_if_unused",
            "allow_other_owner", true,
            "allow_symbolic_links", "true",
            "read_only", "false");
    try (MappedBackend backend = MappedBackend.fromConfig(config)) {
      final Path file = directory.resolve("a.nx");
      assertThat(backend).hasToString("MappedBackend(" + file + ")");
      assertThat(Files.size(file)).isEqualTo(1 << 20);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r-----");
    }
  }

  @Test
  void shouldTakeNamesOfBuilder() throws IOException {
    try (MappedBackend backend = MappedBackend.fromConfig(config("initialSize", "512k"))) {
      assertThat(backend).isNotNull();
      assertThat(Files.size(directory.resolve("a.nx"))).isEqualTo(512 << 10);
    }
  }

  @Test
  void shouldOpenForReadingOnly() {
    assertThatThrownBy(() -> MappedBackend.fromConfig(config("read_only", true)))
        .isInstanceOf(NarthexException.class);
    MappedBackend.fromConfig(config()).close();

    try (MappedBackend backend = MappedBackend.fromConfig(config("read_only", true))) {
      assertThat(backend.toString()).endsWith(", read-only)");
    }
  }

  @Test
  void shouldAskForPath() {
    assertThatThrownBy(() -> MappedBackend.fromConfig(Map.of()))
        .isInstanceOf(NarthexException.class)
        .hasMessage("MappedBackend needs the option \"path\"");
  }

  @ParameterizedTest
  @CsvSource({
    "path, '', blank",
    "path, 'a\0b', Nul character",
    "stripes, 3, no power of two",
    "stripes, many, 'option \"stripes\" of MappedBackend is \"many\"; expected a whole number'",
    "initial_size, 1k, below 524288",
    "max_size, 1m, below initialSize",
    "permissions, 0600, nine letters",
    "max_series_per_metric, 0, below 1",
    "when_unused, delete, 'expected one of: keep, reset'",
    "when_incompatible, replace, 'expected one of: fail, replace_if_unused'",
    "allow_other_owner, maybe, expected true or false",
    "read_only, maybe, expected true or false",
    "sise, 1, 'it has: path, read_only'",
  })
  void shouldSayWhatIsWrong(final String key, final String value, final String part) {
    assertThatThrownBy(() -> Backends.load(MappedBackend.class, config(key, value)))
        .isExactlyInstanceOf(NarthexException.class)
        .hasMessageContainingAll("MappedBackend", "the options of the argument", part);
  }
}
