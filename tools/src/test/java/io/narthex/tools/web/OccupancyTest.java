package io.narthex.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.tools.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the page's reader of the format and the engine say the same. */
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
      assertThat(occupancy.segments()).hasSizeGreaterThan(3);
      long free = 0;
      for (final Occupancy.Segment segment : occupancy.segments()) {
        free += segment.length() - segment.used();
      }
      assertThat(free).isEqualTo(own(reading, "narthex_free_bytes"));
    }
  }

  @Test
  void shouldKnowNothingOfWhatIsNoFile() throws IOException {
    assertThat(Occupancy.of(directory.resolve("missing")).segments()).isEmpty();
    assertThat(Occupancy.of(directory).segments()).isEmpty();
    final Path small = Files.write(directory.resolve("small"), new byte[100]);
    assertThat(Occupancy.of(small).size()).isZero();
  }

  private static long own(final Reading reading, final String name) {
    return (long) reading.find(name, "").value();
  }
}
