package io.narthex.tools.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Gauge;
import io.narthex.GaugeMode;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.exposition.TextFormat;
import io.narthex.tools.reading.NarthexFile;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.text.Expression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompactTest {
  private final Commands commands = new Commands();

  @TempDir private Path directory;

  @Test
  void shouldShowTheSameInLessRoom() throws IOException {
    final Path file = directory.resolve("orders.nx");
    final Path compacted = directory.resolve("new.nx");
    try (WriterProcess first = WriterProcess.start(file, "all", 0)) {
      first.kill();
    }
    // So many at once that their parts take more than one block, and then another generation.
    final List<WriterProcess> together = new ArrayList<>();
    try {
      for (int i = 0; i <= Sample.STRIPES; i++) {
        together.add(WriterProcess.start(file, "parts", i + 0.1));
      }
    } finally {
      together.forEach(WriterProcess::close);
    }
    try (WriterProcess last = WriterProcess.start(file, "parts", -7)) {
      last.kill();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    final String before = page(file);

    assertThat(commands.run("compact", file.toString(), "-o", compacted.toString()))
        .as(commands.err())
        .isZero();

    assertThat(page(compacted)).isEqualTo(before);
    assertThat(before.lines().filter(line -> line.startsWith("parts_all{"))).hasSize(10);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(compacted)))
        .isEqualTo("rw-r-----");
    assertThat(commands.run("verify", compacted.toString())).as(commands.out()).isZero();
    assertThat(commands.run("inspect", compacted.toString(), "--series")).isZero();
    assertThat(commands.out()).doesNotContain("hidden").doesNotContain("retired");
    assertThat(Files.exists(directory.resolve("orders.nx.lock"))).isTrue();
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*.compact")) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void shouldGoOnWithCompactedFile() throws IOException {
    final Path file = directory.resolve("orders.nx");
    final Path compacted = directory.resolve("new.nx");
    try (WriterProcess first = WriterProcess.start(file, "all", 0)) {
      first.kill();
    }
    try (WriterProcess second = WriterProcess.start(file, "parts", 10)) {
      second.kill();
    }
    assertThat(commands.run("compact", file.toString(), "-o", compacted.toString())).isZero();

    try (MetricRegistry registry = Sample.registry(compacted)) {
      final Counter counter = Sample.counter(registry);
      counter.labelValues("n1").inc();
      counter.labelValues("n1").inc(0.25);
      counter.labelValues("n3").inc();
      counter.labelValues("new").inc(2);
      counter.remove("n2");
      Sample.histogram(registry).labelValues("n1").observe(0.2);
      Sample.setParts(registry, 100);
      final Reading reading = Reading.of(registry);

      assertThat(reading.find("requests", "zone=\"a\",l=\"n1\"").value()).isEqualTo(2.1 + 1.25);
      assertThat(reading.find("requests", "zone=\"a\",l=\"n3\"").value()).isEqualTo(1);
      assertThat(reading.find("requests", "zone=\"a\",l=\"new\"").value()).isEqualTo(2);
      assertThat(reading.find("requests", "zone=\"a\",l=\"n2\"")).isNull();
      assertThat(reading.find("latency_seconds", "zone=\"a\",l=\"n1\"").count()).isEqualTo(2);
      assertThat(reading.find("parts_sum", "zone=\"a\",l=\"x\"").value()).isEqualTo(111);
      assertThat(reading.find("parts_max", "zone=\"a\",l=\"x\"").value()).isEqualTo(100);
      assertThat(reading.find("parts_min", "zone=\"a\",l=\"x\"").value()).isEqualTo(1);
      assertThat(reading.find("parts_live_sum", "zone=\"a\",l=\"x\"").value()).isEqualTo(100);
      assertThat(commands.run("verify", compacted.toString())).as(commands.out()).isZero();
    }
  }

  @Test
  void shouldDropWhatWasRemoved() throws IOException {
    final Path file = directory.resolve("orders.nx");
    final Path compacted = directory.resolve("new.nx");
    try (MetricRegistry registry =
        MetricRegistry.create(MappedBackend.builder(file).stripes(2).open())) {
      final Counter counter = Sample.counter(registry);
      for (int n = 0; n < 40_000; n++) {
        counter.labelValues("n" + n).inc(n);
      }
      for (int n = 0; n < 40_000; n++) {
        if (n % 10 != 0) {
          counter.remove("n" + n);
        }
      }
      Gauge.builder("all").mode(GaugeMode.ALL).register(registry).set(5);
    }
    // This JVM still has its lock, and would go on counting through handles.
    assertThat(commands.run("compact", file.toString(), "-o", compacted.toString())).isOne();
    assertThat(commands.err())
        .contains("is in use by pid " + ProcessHandle.current().pid())
        .hasLineCount(1);
    assertThat(compacted).doesNotExist();

    final Path copy = Files.copy(file, directory.resolve("copy.nx"));
    assertThat(commands.run("compact", copy.toString(), "-o", compacted.toString()))
        .as(commands.err())
        .isZero();
    // Beside them one that counts overflowed label sets stays, and that for those of the metric
    // goes.
    assertThat(commands.out()).contains("4,002 series").contains("left out: 36,001 series");
    assertThat(page(compacted)).isEqualTo(page(copy));
    assertThat(Files.size(compacted)).isLessThan(Files.size(copy) / 4);
    assertThat(commands.run("verify", compacted.toString())).as(commands.out()).isZero();
  }

  @Test
  void shouldRefuseFileThatIsInUseAndOneThatExists() throws IOException {
    final Path file = directory.resolve("orders.nx");
    final Path compacted = directory.resolve("new.nx");
    try (WriterProcess writer = WriterProcess.start(file, "all", 0)) {
      assertThat(commands.run("compact", file.toString(), "-o", compacted.toString())).isOne();
      assertThat(commands.err()).contains("is in use by pid " + writer.pid()).hasLineCount(1);
      writer.kill();
      Files.writeString(compacted, "precious");
      assertThat(commands.run("compact", file.toString(), "-o", compacted.toString())).isOne();
      assertThat(commands.err()).contains("exists, and is not overwritten").hasLineCount(1);
      assertThat(compacted).hasContent("precious");
      assertThat(commands.run("compact", file.toString(), "-o", file.toString())).isOne();
      assertThat(
              commands.run(
                  "compact", file.toString(), "-o", directory.resolve("no/where").toString()))
          .isOne();
      assertThat(commands.err()).contains("no such file or directory").hasLineCount(1);
      assertThat(commands.run("compact", file.toString())).isEqualTo(2);
    }
  }

  @Test
  void shouldLeaveDamagedRecordsOutOnlyIfAsked() throws IOException {
    final Path file = directory.resolve("orders.nx");
    final Path compacted = directory.resolve("new.nx");
    try (WriterProcess writer = WriterProcess.start(file, "all", 0)) {
      writer.kill();
    }
    final String before = page(file);
    final long at;
    try (FileImage image = FileImage.open(file)) {
      at =
          new SeriesList(Overview.of(image))
              .find(new Expression("requests.*\"n7\""))
              .get(0)
              .series()
              .offset();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {99}), at + 33);
    }

    assertThat(commands.run("compact", file.toString(), "-o", compacted.toString())).isOne();
    assertThat(commands.err()).contains("1 damaged record,").contains("--skip-damaged");
    assertThat(compacted).doesNotExist();

    assertThat(
            commands.run("compact", file.toString(), "-o", compacted.toString(), "--skip-damaged"))
        .isZero();
    assertThat(commands.out()).contains("1 DAMAGED record");
    assertThat(page(compacted))
        .isEqualTo(
            before
                .lines()
                .filter(line -> !line.startsWith("requests_") || !line.contains("l=\"n7\""))
                .collect(Collectors.joining("\n", "", "\n")));
  }

  /** Without what the engine measures of the file. */
  private static String page(final Path file) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MetricRegistry registry = NarthexFile.open(file)) {
      TextFormat.OPENMETRICS.write(registry, out);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.contains("narthex_"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
