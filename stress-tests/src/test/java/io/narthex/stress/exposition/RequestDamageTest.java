package io.narthex.stress.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.stress.harness.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of damaged requests. Any answer is right but a server error, and so is a closed
 * connection; a hang, a dead server or a word about an exception is not. Most requests are ended by
 * closing the way to the server, so that it waits for nothing more and has to close the way back.
 *
 * <p>The seeds are fixed; {@code -Dnarthex.stress.exposition.inputs=100000} tries more of them,
 * {@code -Dnarthex.stress.exposition.first=N} others.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class RequestDamageTest {
  private static final long INPUTS = Long.getLong("narthex.stress.exposition.inputs", 2_000);
  private static final long FIRST = Long.getLong("narthex.stress.exposition.first", 0);
  private static final int THREADS = 8;
  private static final int SERIES = 50;
  private static final int HONEST_EVERY = 100;
  private static final int IMPATIENCE_MILLIS = 20;
  private static final String ANSWER = "HTTP/1.1 ";
  private static final String NO_ANSWER = "none";

  @AutoClose private final Stage stage = Stage.open();

  private final AtomicLong next = new AtomicLong(FIRST);
  private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

  @Test
  void shouldAnswerOrCloseWhateverIsSent(final TestReporter reporter) throws Exception {
    final ServingChild child = new ServingChild(stage, ServingWorker.Kind.METRICS, SERIES);
    final List<Callable<Void>> senders = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      senders.add(() -> send(child));
    }
    final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (final Future<Void> sender : pool.invokeAll(senders)) {
        sender.get();
      }
    } finally {
      pool.shutdownNow();
    }
    reporter.publishEntry("inputs", "" + INPUTS);
    reporter.publishEntry("answers", answers.toString());
    assertThat(answers).containsKeys("200", "400", "404", "405", NO_ANSWER);
    assertThat(new HonestClient(child.port(), SERIES).scrape()).isTrue();
    child.stop();
  }

  private Void send(final ServingChild child) throws IOException {
    final HonestClient honest = new HonestClient(child.port(), SERIES);
    final InetSocketAddress target =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), child.port());
    for (long seed = next.getAndIncrement(); seed < FIRST + INPUTS; seed = next.getAndIncrement()) {
      send(seed, target);
      if (seed % HONEST_EVERY == 0) {
        child.checkAlive();
        child.checkNoExceptions();
        assertThat(honest.scrape()).as("an honest scrape after seed %d", seed).isTrue();
      }
    }
    return null;
  }

  private void send(final long seed, final InetSocketAddress target) throws IOException {
    final byte[] request = RequestDamage.request(seed);
    try (Socket socket = new Socket()) {
      // Whoever listens takes it; so that this fails is not one of the right answers.
      socket.connect(target, (int) ServingChild.GUARD.toMillis());
      final boolean patient = seed % 16 != 0;
      socket.setSoTimeout(patient ? (int) ServingChild.GUARD.toMillis() : IMPATIENCE_MILLIS);
      String answer = "";
      try {
        socket.getOutputStream().write(request);
        if (patient) {
          socket.shutdownOutput();
        }
        answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (final SocketTimeoutException e) {
        if (patient) {
          throw new AssertionError("seed " + seed + " is neither answered nor closed", e);
        }
      } catch (final IOException e) {
        // Closed, and what was answered before is lost with it.
      }
      check(seed, request, answer);
    }
  }

  private void check(final long seed, final byte[] request, final String answer) {
    if (answer.isEmpty()) {
      answers.merge(NO_ANSWER, 1, Integer::sum);
      return;
    }
    assertThat(answer).as("seed %d", seed).startsWith(ANSWER);
    answers.merge(answer.substring(ANSWER.length(), ANSWER.length() + 3), 1, Integer::sum);
    // HTTP asks for 501 where a transfer coding is not known, and the JDK's server gives it.
    final String text = new String(request, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    final String wrong =
        text.contains("transfer-encoding:") ? answer.replace(ANSWER + "501 ", "") : answer;
    assertThat(wrong).as("seed %d: %s", seed, text).doesNotContain(ANSWER + "5");
  }
}
