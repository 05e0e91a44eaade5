package io.narthex.jmh.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The parent as a child JVM sees it: lines to obey, and the end of them to end by. */
final class Parent {
  /** What an answer begins with; all else that a child prints is for people. */
  static final String ANSWER = "> ";

  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

  private Parent() {}

  /** Begins to listen. From now on this JVM ends with its input, and with the first failure. */
  static Parent listen() {
    final Parent parent = new Parent();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          thrown.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    final Thread listener = new Thread(parent::obey, "parent");
    listener.setDaemon(true);
    listener.start();
    return parent;
  }

  /** Waits for what to do next. */
  String order() throws InterruptedException {
    return orders.take();
  }

  /** Waits for that order and no other. */
  void await(final String wanted) throws InterruptedException {
    final String order = order();
    if (!order.equals(wanted)) {
      throw new IllegalStateException("was told " + order + ", not " + wanted);
    }
  }

  /** Whether the next order is there already. */
  boolean hasOrder() {
    return !orders.isEmpty();
  }

  /** Answers. */
  void say(final String line) {
    System.out.println(ANSWER + line);
    System.out.flush();
  }

  private void obey() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        orders.add(line);
      }
    } catch (final IOException e) {
      // As if it had ended.
    }
    // Without hooks and whatever the other threads do: there is nobody to measure for.
    Runtime.getRuntime().halt(0);
  }
}
