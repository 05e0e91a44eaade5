package io.narthex.tools.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** What a server answers. */
public final class Page {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Page() {}

  /** Asks once; header names and values by turns. */
  public static HttpResponse<byte[]> ask(final String url, final String... headers)
      throws IOException, InterruptedException {
    final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  public static String get(final String url, final String... headers)
      throws IOException, InterruptedException {
    return new String(ask(url, headers).body(), StandardCharsets.UTF_8);
  }

  /** Asks again and again until the answer is as wanted. */
  public static String await(final String url, final Predicate<String> wanted)
      throws IOException, InterruptedException {
    final long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      final String page = get(url);
      if (wanted.test(page)) {
        return page;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the page does not become as wanted: " + page);
      }
      Thread.sleep(50);
    }
  }
}
