package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.Counter;
import io.narthex.Histogram;
import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import io.narthex.stress.exposition.RequestDamage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * What reads text of clients gets damaged text, without a server between: header values and
 * queries. It may throw nothing, and what it answers has to be a valid page or a status that blames
 * the client.
 *
 * <p>The seeds are fixed; {@code -Dnarthex.stress.exposition.texts=1000000} tries more of them,
 * {@code -Dnarthex.stress.exposition.first=N} others.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class RequestTextDamageTest {
  private static final long INPUTS = Long.getLong("narthex.stress.exposition.texts", 20_000);
  private static final long FIRST = Long.getLong("narthex.stress.exposition.first", 0);
  private static final String[] METHODS = {"GET", "GET", "GET", "HEAD", "POST"};

  @AutoClose private final MetricRegistry registry = MetricRegistry.create(HeapBackend.create());

  @Test
  void shouldChooseAFormatWhateverIsAccepted(final TestReporter reporter) {
    final Map<String, Integer> choices = new TreeMap<>();
    for (long seed = FIRST; seed < FIRST + INPUTS; seed++) {
      final String accept = RequestDamage.accept(seed);
      final String choice =
          TextFormat.negotiate(accept) + (Negotiation.acceptsGzip(accept) ? ", gzip" : "");
      choices.merge(choice, 1, Integer::sum);
    }
    reporter.publishEntry("choices", choices.toString());
    assertThat(choices).containsKeys("PROMETHEUS", "PROMETHEUS, gzip", "OPENMETRICS");
  }

  @Test
  void shouldServeAPageOrBlameTheClientWhateverIsAskedFor(final TestReporter reporter)
      throws IOException {
    Counter.builder("storm_counted_total")
        .labelNames("path")
        .register(registry)
        .labelValues("/")
        .inc();
    Histogram.builder("storm_observed").register(registry).observe(1);
    final ScrapeHandler handler = new ScrapeHandler(registry, () -> Patience.ENDLESS);
    final Map<String, Integer> answers = new TreeMap<>();
    for (long seed = FIRST; seed < FIRST + INPUTS; seed++) {
      final String method = METHODS[(int) Math.floorMod(seed, (long) METHODS.length)];
      final URI uri;
      try {
        uri = new URI("/metrics?" + RequestDamage.query(seed));
      } catch (final URISyntaxException e) {
        // The JDK's server lets none of these in.
        answers.merge("none", 1, Integer::sum);
        continue;
      }
      final MemoryExchange exchange = new MemoryExchange(method, uri);
      exchange.getRequestHeaders().add("Accept", oneLine(RequestDamage.accept(seed)));
      exchange.getRequestHeaders().add("Accept-Encoding", oneLine(RequestDamage.accept(~seed)));
      handler.handle(exchange);
      check(seed, method, exchange);
      answers.merge("" + exchange.getResponseCode(), 1, Integer::sum);
    }
    reporter.publishEntry("answers", answers.toString());
    // Not 400: what cannot be decoded is no URI either.
    assertThat(answers).containsOnlyKeys("200", "405", "414", "none");
  }

  private static void check(final long seed, final String method, final MemoryExchange exchange)
      throws IOException {
    if (exchange.getResponseCode() == 200 && method.equals("GET")) {
      final String type = exchange.getResponseHeaders().getFirst("Content-Type");
      final TextFormat format =
          type.equals(TextFormat.OPENMETRICS.contentType())
              ? TextFormat.OPENMETRICS
              : TextFormat.PROMETHEUS;
      assertThat(type).as("seed %d", seed).isEqualTo(format.contentType());
      final boolean gzip = exchange.getResponseHeaders().containsKey("Content-Encoding");
      assertThat(ParsedPage.of(text(exchange.body(), gzip), format).types.keySet())
          .as("seed %d", seed)
          .isSubsetOf("storm_counted", "storm_counted_total", "storm_observed");
    }
  }

  private static String text(final byte[] body, final boolean gzip) throws IOException {
    try (GZIPInputStream in = gzip ? new GZIPInputStream(new ByteArrayInputStream(body)) : null) {
      return new String(gzip ? in.readAllBytes() : body, StandardCharsets.UTF_8);
    }
  }

  /** The JDK lets no line ends into a header's value. */
  private static String oneLine(final String value) {
    return value.replace('\r', ' ').replace('\n', ' ');
  }
}
