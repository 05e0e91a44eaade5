package io.narthex.tools.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.tools.process.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tab of a real Chromium without a window, steered by its DevTools protocol. What the tab writes
 * to its console is kept.
 */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Listener listener = new Listener();
  private WebSocket socket;

  private Browser(final Process process) {
    this.process = process;
  }

  /**
   * Starts one, or skips the test, and says why, where there is none.
   *
   * @param directory where it may leave its profile; the test's own
   */
  static Browser start(final Path directory) throws IOException, InterruptedException {
    if (!Files.isExecutable(CHROMIUM)) {
      final String reason = CHROMIUM + " is not installed; Debian has it as chromium";
      System.out.println("Skipped: " + reason);
      abort(reason);
    }
    final Path profile = Files.createDirectory(directory.resolve("profile"));
    final ProcessBuilder command =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--window-size=1440,900",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chromium.log").toFile());
    command.environment().put("TMPDIR", directory.toString()); // a killed one cleans up nothing
    final Browser browser = new Browser(command.start());
    try {
      browser.connect(profile.resolve("DevToolsActivePort"));
    } catch (final IOException | InterruptedException | RuntimeException | Error e) {
      browser.close();
      throw e;
    }
    return browser;
  }

  private void connect(final Path portFile) throws IOException, InterruptedException {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(portFile) || Files.readAllLines(portFile).isEmpty()) {
      assertThat(process.isAlive()).as("Chromium runs").isTrue();
      assertThat(System.nanoTime()).as("Chromium listens").isLessThan(deadline);
      Thread.sleep(20);
    }
    final String list =
        Page.await(
            "http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list",
            page -> page.contains("\"page\""));
    for (final JsonElement target : JsonParser.parseString(list).getAsJsonArray()) {
      final JsonObject one = target.getAsJsonObject();
      if (one.get("type").getAsString().equals("page")) {
        socket =
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(one.get("webSocketDebuggerUrl").getAsString()), listener)
                .join();
        break;
      }
    }
    send("Runtime.enable", new JsonObject());
    send("Log.enable", new JsonObject());
    send("Page.enable", new JsonObject());
  }

  void open(final String url) {
    send("Page.navigate", object(Map.of("url", url)));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** Says how large the window is, and which theme the system has. */
  void look(final int width, final int height, final boolean dark) {
    final JsonObject size = object(Map.of("width", width, "height", height));
    size.addProperty("deviceScaleFactor", 1);
    size.addProperty("mobile", false);
    send("Emulation.setDeviceMetricsOverride", size);
    final JsonObject media = new JsonObject();
    media.add(
        "features",
        JsonParser.parseString(
            "[{\"name\":\"prefers-color-scheme\",\"value\":\""
                + (dark ? "dark" : "light")
                + "\"}]"));
    send("Emulation.setEmulatedMedia", media);
  }

  /** What an expression is in the page, as text. */
  String text(final String expression) {
    final JsonElement value = evaluate("String(" + expression + ")");
    return value == null ? "" : value.getAsString();
  }

  /** Waits until an expression is true in the page. */
  void await(final String expression) {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      final JsonElement value = evaluate("Boolean(" + expression + ")");
      if (value != null && value.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "never true: " + expression + "; the page shows: " + text("document.body.innerText"));
      }
      try {
        Thread.sleep(50);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Puts the pointer's click in the middle of the first element of a selector. */
  void click(final String selector) {
    final String[] at =
        text("(() => {const r = document.querySelector('"
                + selector
                + "').getBoundingClientRect();"
                + " return (r.left + r.width / 2) + ' ' + (r.top + r.height / 2)})()")
            .split(" ", -1);
    for (final String type : List.of("mousePressed", "mouseReleased")) {
      final JsonObject event = object(Map.of("type", type, "button", "left"));
      event.addProperty("x", Double.parseDouble(at[0]));
      event.addProperty("y", Double.parseDouble(at[1]));
      event.addProperty("clickCount", 1);
      send("Input.dispatchMouseEvent", event);
    }
  }

  /**
   * Runs statements in the page, which may wait for promises.
   *
   * @return what they return, as JSON
   */
  JsonElement run(final String statements) {
    final JsonObject parameters =
        object(Map.of("expression", "(async () => {" + statements + "})()"));
    parameters.addProperty("returnByValue", true);
    parameters.addProperty("awaitPromise", true);
    final JsonObject answer = send("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(statements + ": " + answer.get("exceptionDetails"));
    }
    return answer.getAsJsonObject("result").get("value");
  }

  /** Presses a key, by the name that events have for it. */
  void press(final String key) {
    for (final String type : List.of("keyDown", "keyUp")) {
      final JsonObject event = object(Map.of("type", type, "key", key));
      if (key.equals("Tab")) {
        event.addProperty("windowsVirtualKeyCode", 9);
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  /** Types into what has the focus, as a keyboard would. */
  void type(final String text) {
    send("Input.insertText", object(Map.of("text", text)));
  }

  /** A picture of what the window shows. */
  byte[] picture() {
    return Base64.getDecoder()
        .decode(
            send("Page.captureScreenshot", object(Map.of("format", "png")))
                .get("data")
                .getAsString());
  }

  /** What stands in the console: messages, exceptions, refusals by the policy. */
  List<String> console() {
    synchronized (listener.console) {
      return List.copyOf(listener.console);
    }
  }

  private JsonElement evaluate(final String expression) {
    final JsonObject parameters = object(Map.of("expression", expression));
    parameters.addProperty("returnByValue", true);
    final JsonObject answer = send("Runtime.evaluate", parameters);
    // Between two pages there is nothing to evaluate in.
    return answer.has("exceptionDetails") ? null : answer.getAsJsonObject("result").get("value");
  }

  private JsonObject send(final String method, final JsonObject parameters) {
    final int id = listener.lastId.incrementAndGet();
    final CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    listener.waiting.put(id, answer);
    final JsonObject command = new JsonObject();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", parameters);
    socket.sendText(command.toString(), true).join();
    final JsonObject message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (message.has("error")) {
      throw new AssertionError(method + ": " + message.get("error"));
    }
    return message.getAsJsonObject("result");
  }

  private static JsonObject object(final Map<String, ?> values) {
    final JsonObject object = new JsonObject();
    values.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            object.addProperty(name, number);
          } else {
            object.addProperty(name, value.toString());
          }
        });
    return object;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
    // Its own children end with it; those that do not are ended one by one.
    final List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (final ProcessHandle child : children) {
        child.destroyForcibly();
        child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Listener implements WebSocket.Listener {
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final List<String> console = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(
        final WebSocket from, final CharSequence part, final boolean last) {
      text.append(part);
      if (last) {
        take(JsonParser.parseString(text.toString()).getAsJsonObject());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(final JsonObject message) {
      if (message.has("id")) {
        final CompletableFuture<JsonObject> answer = waiting.remove(message.get("id").getAsInt());
        if (answer != null) {
          answer.complete(message);
        }
        return;
      }
      switch (message.get("method").getAsString()) {
        case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" -> {
          synchronized (console) {
            console.add(message.get("params").toString());
          }
        }
        default -> {
          // Of no interest.
        }
      }
    }
  }
}
