package io.narthex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What javac makes of a plus between strings in the library's classes. */
final class StringConcatTest {
  /**
   * A concatenation that is linked at run time throws at that place for good when the JVM has no
   * memory just then: what tells that there is none would be the first to go.
   */
  @Test
  void shouldBeCompiledIntoTheClassRatherThanLinkedAtRunTime()
      throws IOException, URISyntaxException {
    final Path classes =
        Path.of(MetricRegistry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    final List<Path> linked = new ArrayList<>();
    final List<Path> compiled = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (final Path file : (Iterable<Path>) files.filter(StringConcatTest::isClass)::iterator) {
        final String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (constants.contains("StringConcatFactory")) {
          linked.add(file);
        } else if (constants.contains("StringBuilder")) {
          compiled.add(file);
        }
      }
    }
    assertThat(linked).isEmpty();
    assertThat(compiled).as("classes that join strings").isNotEmpty();
  }

  private static boolean isClass(final Path file) {
    return file.toString().endsWith(".class");
  }
}
