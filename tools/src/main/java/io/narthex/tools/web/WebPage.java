package io.narthex.tools.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingJson;
import java.io.IOException;
import java.io.StringWriter;

/**
 * The page at {@code /}, its parts below {@code /ui/}, and below {@code /api/} what it polls:
 * {@code poll}, the changes since the poll before, and {@code reading}, everything at once, for
 * programs. It costs nothing while nobody looks.
 */
public final class WebPage {
  private static final String POLL = "/api/poll";
  private static final String READING = "/api/reading";

  private final MetricRegistry registry;
  private final Assets assets = Assets.load();
  private final Board board;
  private final PollJson polls;

  /**
   * Makes a page.
   *
   * @param registry what to show
   * @param files the files that it comes from
   */
  public WebPage(final MetricRegistry registry, final ShownFiles files) {
    this.registry = registry;
    this.board = new Board(registry, Board.TURN_NANOS);
    this.polls = new PollJson(board, files);
  }

  /**
   * Answers for the page, and leaves all else to another handler.
   *
   * @param others who is asked for what is not the page's
   * @return a handler, for use by any number of threads
   */
  public HttpHandler around(final HttpHandler others) {
    return exchange -> {
      final String path = exchange.getRequestURI().getPath();
      final Asset asset = assets.at(path);
      if (asset == null && !path.equals(POLL) && !path.equals(READING)) {
        others.handle(exchange);
      } else if (!Answers.refuseMethod(exchange)) {
        answer(exchange, path, asset);
      }
    };
  }

  private void answer(final HttpExchange exchange, final String path, final Asset asset)
      throws IOException {
    if (asset != null) {
      Answers.send(exchange, asset);
      return;
    }
    final String json;
    try {
      json =
          path.equals(POLL)
              ? polls.answer(Since.of(exchange.getRequestURI().getRawQuery()))
              : reading();
    } catch (final NarthexException e) {
      Answers.fail(exchange, e.getMessage());
      return;
    }
    Answers.json(exchange, json);
  }

  private String reading() throws IOException {
    final StringWriter out = new StringWriter();
    ReadingJson.write(Reading.of(registry), out);
    return out.toString();
  }
}
