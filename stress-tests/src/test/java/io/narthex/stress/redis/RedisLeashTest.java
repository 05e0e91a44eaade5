package io.narthex.stress.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.backend.redis.RedisProcesses;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No server outlives the JVM that had it for its tests. */
@Timeout(300)
final class RedisLeashTest {
  private static final Duration GUARD = Duration.ofSeconds(60);

  @AutoClose private final Stage stage = Stage.open();

  /** Where the server is unpacked: a JVM that is killed does not delete it. */
  @TempDir private Path unpacked;

  @Test
  void shouldEndTheServerOfAJvmThatIsKilled() throws Exception {
    final ChildJvm owner =
        stage.start(Stage.jvm(Owner.class).option("-Djava.io.tmpdir=" + unpacked));
    final int port = Integer.parseInt(owner.await("port ", GUARD));
    assertThat(listens(port)).isTrue();
    owner.kill();
    final long deadline = System.nanoTime() + GUARD.toNanos();
    while (listens(port)) {
      assertThat(System.nanoTime() - deadline).as("port %d is served", port).isNegative();
      Thread.sleep(10);
    }
  }

  private static boolean listens(final int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (final ConnectException e) {
      return false;
    }
  }

  /** Has a server until it is killed. */
  public static final class Owner {
    private Owner() {}

    /** See the class. */
    public static void main(final String[] arguments) throws InterruptedException {
      try (RedisProcesses redis = RedisProcesses.startOwn()) {
        ChildMain.say("port " + redis.uri().getPort());
        ChildMain.nextCommand();
      }
    }
  }
}
