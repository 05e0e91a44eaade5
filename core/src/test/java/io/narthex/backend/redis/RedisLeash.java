package io.narthex.backend.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Jedis;

/**
 * Ends a server if this JVM is killed: a shell waits for the end of its input, and then kills the
 * process unless it was told that all is done. It looks at the name first, as the number may be
 * another process's by then; where there is no {@code /proc} it kills nobody.
 */
final class RedisLeash implements AutoCloseable {
  private static final String WAIT =
      """
      read -r word
      [ "$word" = done ] && exit
      case $(cat "/proc/$0/comm" 2>/dev/null) in redis*|valkey*) kill -KILL "$0" ;; esac
      """;

  private final Process shell;
  private final long pid;

  private RedisLeash(final Process shell, final long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  /** Puts a server on a leash that can answer. */
  static RedisLeash on(final Jedis client) {
    final long pid =
        client
            .info("server")
            .lines()
            .filter(line -> line.startsWith("process_id:"))
            .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).trim()))
            .findFirst()
            .orElseThrow();
    try {
      return new RedisLeash(
          new ProcessBuilder("sh", "-c", WAIT, Long.toString(pid))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start(),
          pid);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's process. */
  long pid() {
    return pid;
  }

  /** Lets the server go, once it has ended. */
  @Override
  public void close() {
    try (var input = shell.getOutputStream()) {
      input.write("done\n".getBytes(StandardCharsets.US_ASCII));
    } catch (final IOException e) {
      // It has ended already.
    }
  }
}
