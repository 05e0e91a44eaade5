package io.narthex.backend.mapped;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.exposition.TextFormat;
import io.narthex.stress.harness.ChildMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads from a mapping of its own whose file was truncated, and then pages of another file, which
 * is whole. Tells how often an error came, how often as one of the other file, and whether its page
 * is shown afterwards.
 *
 * <p>Arguments: a path for the file that is truncated, and one for the other.
 */
public final class InnocentViewer {
  private static final int COMPILED = 50_000;
  private static final int FAULTS = 1_000;
  private static final int BYTES = 1 << 16;

  private final ByteBuffer faulty;
  private final MetricRegistry viewer;
  private long sum;
  private int errors;
  private int blamed;

  private InnocentViewer(final ByteBuffer faulty, final MetricRegistry viewer) {
    this.faulty = faulty;
    this.viewer = viewer;
  }

  /** See the class. */
  public static void main(final String[] arguments) throws IOException {
    final Path file = Path.of(arguments[1]);
    try (FileChannel channel =
            FileChannel.open(
                Path.of(arguments[0]),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        MetricRegistry writer = MetricRegistry.create(MappedBackend.open(file));
        MetricRegistry viewer = MetricRegistry.create(MappedBackend.openReadOnly(file))) {
      Counter.builder("requests").register(writer).inc(5);
      channel.write(ByteBuffer.allocate(BYTES));
      final InnocentViewer reader =
          new InnocentViewer(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES), viewer);
      reader.readOften(COMPILED);
      channel.truncate(0);
      reader.readOften(FAULTS);
      ChildMain.say(
          "told: "
              + reader.errors
              + " errors, "
              + reader.blamed
              + " times blamed, "
              + (reader.isPageWhole() ? "then a whole page" : "then none")
              + "; read "
              + reader.sum);
    }
  }

  private void readOften(final int times) throws IOException {
    for (int n = 0; n < times; n++) {
      try {
        read();
        isPageWhole();
      } catch (final InternalError e) {
        errors++;
      } catch (final NarthexException e) {
        blamed++;
      }
    }
  }

  private void read() {
    sum += faulty.getLong(Long.BYTES);
  }

  private boolean isPageWhole() throws IOException {
    final ByteArrayOutputStream page = new ByteArrayOutputStream();
    TextFormat.PROMETHEUS.write(viewer, page);
    return page.toString(StandardCharsets.UTF_8).contains("requests_total 5.0");
  }
}
