package io.narthex.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.backend.Seen;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://}: what is said to the server is encrypted, and the server is who it says. */
final class RedisTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;

  private static RedisProcesses redis;
  private static TlsProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisProcesses.start();
    redis.empty();
    run(
        List.of(
            tool("keytool"),
            "-genkeypair",
            "-keystore",
            directory.resolve("keys.p12").toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            "redis",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost"));
    proxy = TlsProxy.before(redis.uri(), directory.resolve("keys.p12"), PASSWORD);
  }

  @AfterAll
  static void stop() {
    proxy.close();
    redis.close();
  }

  private static String tool(final String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Runs a program to its end and returns what it said. */
  private static String run(final List<String> command) throws IOException, InterruptedException {
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      final String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Counts once at the address; a JVM of its own, since trust is a setting of the JVM. */
  public static final class Worker {
    private Worker() {}

    public static void main(final String[] args) {
      try (MetricRegistry registry =
          MetricRegistry.create(RedisBackend.connect(URI.create(args[0])))) {
        Counter.builder("hits").register(registry).inc();
        System.out.println("counted");
      } catch (final NarthexException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private static String count(final String... flags) throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            "rediss://localhost:" + proxy.port()));
    return run(command);
  }

  @Test
  void shouldCountThroughTlsWhereTheServerIsTrusted() throws Exception {
    final String said =
        count(
            "-Djavax.net.ssl.trustStore=" + directory.resolve("keys.p12"),
            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);

    assertThat(said).contains("counted");
    assertThat(proxy.handshakes()).isPositive();
    try (RedisBackend viewer = RedisBackend.connect(redis.uri())) {
      assertThat(Seen.of(viewer).value("hits", "")).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseServerThatIsNotTrusted() throws Exception {
    assertThat(count()).contains("refused: cannot connect to Redis at rediss://localhost:");
  }
}
