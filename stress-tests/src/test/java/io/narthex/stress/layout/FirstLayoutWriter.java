package io.narthex.stress.layout;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Made the fixture of layout version 1, once. It is not to be made again: that this version and all
 * later ones read what the first one wrote is what the fixture is for. A program like this makes
 * the fixture of the next version.
 *
 * <p>Argument: the directory to write the file and its page to.
 */
public final class FirstLayoutWriter {
  private static final int GENERATIONS = 3;

  private FirstLayoutWriter() {}

  /** See the class. */
  public static void main(final String[] arguments) throws IOException {
    final Path directory = Path.of(arguments[0]);
    final Path file = directory.resolve("layout-1.nx");
    for (int generation = 0; generation < GENERATIONS; generation++) {
      try (MetricRegistry registry =
          MetricRegistry.create(MappedBackend.builder(file).initialSize(512 << 10).open())) {
        FirstLayout.fill(registry, generation);
      }
    }
    try (MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      final String page = String.join("\n", FirstLayout.page(viewer));
      pack(page.getBytes(StandardCharsets.UTF_8), directory.resolve(FirstLayout.PAGE));
    }
    pack(Files.readAllBytes(file), directory.resolve(FirstLayout.FILE));
    Files.delete(file);
  }

  private static void pack(final byte[] bytes, final Path path) throws IOException {
    try (OutputStream out = Files.newOutputStream(path);
        OutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
  }
}
