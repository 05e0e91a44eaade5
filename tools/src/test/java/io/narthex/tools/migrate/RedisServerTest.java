package io.narthex.tools.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import io.narthex.tools.Ran;
import io.narthex.tools.migrate.RedisServer.Conversation;
import io.narthex.tools.migrate.RedisServer.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are none, or broken: each ends in time, and in one line. */
@Timeout(60)
final class RedisServerTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\\r\\n",
        ":1\\r\\n",
        "$-1\\r\\n",
        "*-5\\r\\n",
        "*1\\r\\n$1\\r\\n0\\r\\n",
        "*2\\r\\n:0\\r\\n*0\\r\\n",
        "*2\\r\\n$1\\r\\n0\\r\\n*1\\r\\n$-1\\r\\n",
        "*2\\r\\n$1\\r\\n0\\r\\n:7\\r\\n",
        "$2147483647\\r\\n",
        "$-7\\r\\n",
        "*2147483647\\r\\n",
        "$abc\\r\\n",
        "-ERR \\033[31mno\\r\\n",
        "HTTP/1.1 400 Bad Request\\r\\n\\r\\n",
        "220 mail ready\\r\\n",
      })
  void shouldRefuseAReplyThatIsNone(final String reply) throws IOException {
    assertRefused(reply.translateEscapes());
  }

  @Test
  void shouldRefuseRepliesThatAreNestedWithoutEnd() throws IOException {
    assertRefused("*1\r\n".repeat(200_000));
  }

  @Test
  void shouldEndACursorThatNeverGetsToZero() throws IOException {
    final String line = assertRefused("*2\r\n$1\r\n7\r\n*1\r\n$1\r\nk\r\n");
    assertThat(line).contains("SCAN came to no end");
  }

  @Test
  void shouldNotWaitForAReplyThatComesByteByByte() throws IOException {
    try (FakeRedis fake =
        FakeRedis.start(
            (command, out) -> {
              if (FakeRedis.isGreeting(command)) {
                FakeRedis.write(out, "+OK\r\n");
                return;
              }
              FakeRedis.write(out, "$1000000\r\n");
              while (true) {
                Thread.sleep(100);
                FakeRedis.write(out, "x");
              }
            })) {
      assertThatThrownBy(() -> read(fake, Duration.ofSeconds(1), Duration.ofSeconds(50)))
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining("redis://127.0.0.1:" + fake.port() + "/0")
          .hasMessageContaining("a reply was not whole after 1 s");
    }
  }

  @Test
  void shouldNotWaitForAGreetingThatComesByteByByte() throws IOException {
    try (FakeRedis fake =
        FakeRedis.start(
            (command, out) -> {
              while (true) {
                FakeRedis.write(out, "+");
                Thread.sleep(100);
              }
            })) {
      assertThatThrownBy(() -> read(fake, Duration.ofSeconds(1), Duration.ofSeconds(50)))
          .hasMessageContaining("a reply was not whole after 1 s");
    }
  }

  @Test
  void shouldNotReadForEverWhatHasNewKeysForEver() throws IOException {
    final int[] next = {0};
    try (FakeRedis fake =
        FakeRedis.start(
            (command, out) -> {
              Thread.sleep(1);
              next[0]++;
              final String key = String.format("%09d", next[0]);
              FakeRedis.write(
                  out,
                  FakeRedis.isGreeting(command)
                      ? "+OK\r\n"
                      : "*2\r\n$1\r\n7\r\n*1\r\n$9\r\n" + key + "\r\n");
            })) {
      assertThatThrownBy(() -> read(fake, Duration.ofSeconds(50), Duration.ofSeconds(1)))
          .hasMessageContaining("it came to no end within 1 s");
    }
  }

  private static void read(final FakeRedis fake, final Duration reply, final Duration all) {
    RedisServer.read(
        RedisUri.of("redis://127.0.0.1:" + fake.port()),
        new Patience(reply, all),
        Conversation::keys);
  }

  private String assertRefused(final String reply) throws IOException {
    try (FakeRedis fake = FakeRedis.start(reply)) {
      final Path file = directory.resolve("new.nx");
      final Ran ran =
          Ran.of("import", "redis://bob:secret@127.0.0.1:" + fake.port() + "/3", "-o", file);
      assertThat(ran.code()).as(ran.err()).isOne();
      assertThat(ran.err())
          .startsWith("narthex: cannot read redis://bob:***@127.0.0.1:" + fake.port() + "/3: ")
          .contains("check")
          .doesNotContain("secret")
          .doesNotContain("\u001b")
          .hasLineCount(1);
      assertThat(directory).isEmptyDirectory();
      return ran.err();
    }
  }
}
