package io.narthex.tools.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.reading.Reading;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether it and the engine say the same. */
final class OccupancyTest {
  @TempDir private Path directory;

  @Test
  void shouldSayWhatTheEngineSays() throws IOException {
    final Path file = directory.resolve("orders.nx");
    try (MetricRegistry registry =
        MetricRegistry.create(
            MappedBackend.builder(file).initialSize(512 << 10).stripes(4).open())) {
      final Counter orders = Counter.builder("orders_total").labelNames("n").register(registry);
      for (int i = 0; i < 5_000; i++) {
        orders.labelValues(Integer.toString(i)).inc();
      }
      orders.remove("1");
      final Reading reading = Reading.of(registry);
      final Occupancy occupancy = Occupancy.of(file);
      assertThat(occupancy.size()).isEqualTo(Files.size(file));
      assertThat(occupancy.version()).isOne();
      assertThat(occupancy.stripes()).isEqualTo(4);
      assertThat(occupancy.maxSize()).isEqualTo(1L << 30);
      assertThat(occupancy.wasted()).isEqualTo(own(reading, "narthex_wasted_bytes")).isPositive();
      assertThat(occupancy.parts()).hasSizeGreaterThan(3);
      long free = 0;
      for (final Occupancy.Part part : occupancy.parts()) {
        free += part.length() - part.used();
      }
      assertThat(free).isEqualTo(own(reading, "narthex_free_bytes"));
    }
  }

  @Test
  void shouldLeaveOutWhatTheFileIsTooShortFor() throws IOException {
    final Path file = directory.resolve("orders.nx");
    MetricRegistry.create(MappedBackend.open(file)).close();
    final List<Occupancy.Part> whole = Occupancy.of(file).parts();
    assertThat(whole).extracting(Occupancy.Part::kind).contains("index", "records", "cells");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 1);
    }
    assertThat(Occupancy.of(file).parts()).isEqualTo(whole.subList(0, whole.size() - 1));
  }

  @Test
  void shouldKnowNothingOfWhatIsNoFile() throws IOException {
    assertThat(Occupancy.of(directory.resolve("missing")).parts()).isEmpty();
    assertThat(Occupancy.of(directory).parts()).isEmpty();
    final Path small = Files.write(directory.resolve("small"), new byte[100]);
    assertThat(Occupancy.of(small).size()).isZero();
  }

  private static long own(final Reading reading, final String name) {
    return (long) reading.find(name, "").value();
  }
}
