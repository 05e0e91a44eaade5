package io.narthex.stress.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.Page;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Another program truncates a file in use, by either way to memory, compiled and interpreted. A
 * viewer lives: it shows what was there or says what is wrong, and shows the file that takes the
 * path. A writer may die of it, which is not promised otherwise; the test tells what became of it,
 * and holds it to one of the ends that {@code docs/guarantees.md} names.
 *
 * <p>{@code -Dnarthex.stress.environment.truncations=all} truncates each to nothing and to half
 * rather than to one of the two.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class TruncationTest {
  private static final boolean ALL =
      "all".equals(System.getProperty("narthex.stress.environment.truncations"));
  private static final int COMPILED = 20_000;
  private static final Pattern THREAD =
      Pattern.compile("(?m)^Current thread .*JavaThread (\"[^\"]*\")");
  private static final Duration GUARD = Duration.ofMinutes(2);

  @AutoClose private final Stage stage = Stage.open();

  private final List<Case> cases = new ArrayList<>();

  @Test
  void shouldServeOrSayWhatIsWrongWhenAFileIsTruncatedWhileInUse(final TestReporter reporter)
      throws IOException {
    for (final boolean flag : new boolean[] {true, false}) {
      for (final boolean compiled : new boolean[] {true, false}) {
        for (final boolean half : new boolean[] {true, false}) {
          if (ALL || half == (flag == compiled)) {
            cases.add(new Case(flag, compiled, half));
          }
        }
      }
    }
    try (MetricRegistry other = MetricRegistry.create(MappedBackend.open(stage.path("other.nx")))) {
      final Counter untouched = Counter.builder("untouched").register(other);
      cases.forEach(Case::awaitReady);
      for (final Case truncated : cases) {
        truncated.truncate();
        untouched.inc();
      }
      for (final Case truncated : cases) {
        reporter.publishEntry(truncated.toString(), truncated.outcome());
        truncated.replace();
        untouched.inc();
      }
      assertThat(untouched.value()).isEqualTo(2.0 * cases.size());
      assertThat(Page.of(stage.path("other.nx")).value("untouched_total"))
          .isEqualTo(2.0 * cases.size());
    }
  }

  private final class Case {
    private final boolean flag;
    private final boolean compiled;
    private final boolean half;
    private final Path file;
    private final ChildJvm writer;
    private ChildJvm viewer;

    Case(final boolean flag, final boolean compiled, final boolean half) {
      this.flag = flag;
      this.compiled = compiled;
      this.half = half;
      this.file = stage.path("truncated-" + cases.size() + ".nx");
      this.writer = start(TruncatedWriter.class, COMPILED);
    }

    private ChildJvm start(final Class<?> main, final int warmUp) {
      final ChildJvm.Builder jvm = Stage.jvm(main, file, compiled ? warmUp : 1);
      if (!compiled) {
        jvm.option("-Xint");
      }
      return stage.start(flag ? jvm : jvm.withoutFlag());
    }

    void awaitReady() {
      writer.await("counting", GUARD);
      viewer = start(TruncatedViewer.class, COMPILED / TruncatedWriter.FIXED);
      viewer.await("viewing", GUARD);
    }

    void truncate() throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(half ? channel.size() / 2 : 0);
      }
      viewer.command("truncated");
      try {
        writer.command("truncated");
      } catch (final UncheckedIOException e) {
        // It has died of it already; its outcome says of what.
      }
    }

    String outcome() {
      final int exit = writer.awaitExit(GUARD);
      final String output = writer.output();
      assertThat(output).doesNotContain("WRONG");
      return "writer " + end(exit, output) + "; viewer " + viewer.await("truncated: ", GUARD);
    }

    private String end(final int exit, final String output) {
      if (exit != 0 && output.contains("SIGBUS (0x7)")) {
        final Matcher thread = THREAD.matcher(output);
        return "died of SIGBUS in " + (thread.find() ? thread.group(1) : "a thread of the JVM");
      }
      if (exit == 1 && output.contains("java.lang.InternalError")) {
        return "ended by an InternalError";
      }
      assertThat(exit).as(output).isZero();
      return "lived: " + writer.await("lived: ", GUARD);
    }

    /** By a file that has all at once: an empty page could be of either. */
    void replace() throws IOException {
      final Path fresh = stage.path(file.getFileName() + ".fresh");
      try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(fresh))) {
        Counter.builder("fixed").labelNames("n").register(registry).labelValues("replaced").inc(7);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      viewer.command("replaced");
      viewer.await("attached anew", GUARD);
      assertThat(viewer.awaitExit(GUARD)).as(viewer.output()).isZero();
    }

    @Override
    public String toString() {
      return (flag ? "Agrona, " : "VarHandle, ")
          + (compiled ? "compiled, " : "interpreted, ")
          + (half ? "to half" : "to nothing");
    }
  }
}
