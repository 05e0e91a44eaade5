package io.narthex.tools.demo;

import java.io.PrintWriter;
import java.util.List;

/** A table that is drawn over itself; notes scroll away above it. */
final class TerminalDisplay implements Display {
  private static final String ERASE_LINE = "\033[K";
  private static final String ERASE_BELOW = "\033[J";
  private static final String WRAP_OFF = "\033[?7l";
  private static final String WRAP_ON = "\033[?7h";

  private final PrintWriter out;
  private final Table table;
  private List<String> drawn = List.of();

  TerminalDisplay(final PrintWriter out, final Table table) {
    this.out = out;
    this.table = table;
  }

  @Override
  public void note(final String line) {
    goToTop();
    out.print(ERASE_BELOW);
    out.println(line);
    draw();
  }

  @Override
  public void show(final Snapshot snapshot) {
    goToTop();
    drawn = table.lines(snapshot);
    draw();
  }

  @Override
  public boolean isBroken() {
    return out.checkError();
  }

  private void goToTop() {
    out.print('\r');
    if (!drawn.isEmpty()) {
      out.print("\033[" + drawn.size() + "A");
    }
  }

  /** A wrapped line would be two, and the next table one too low. */
  private void draw() {
    out.print(WRAP_OFF);
    for (final String line : drawn) {
      out.print(line);
      out.print(ERASE_LINE);
      out.println();
    }
    out.print(ERASE_BELOW);
    out.print(WRAP_ON);
    out.flush();
  }
}
