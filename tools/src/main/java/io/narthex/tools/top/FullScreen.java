package io.narthex.tools.top;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.keymap.BindingReader;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;

/**
 * A terminal's second screen, with the keys as they are pressed. Signals that would end the program
 * are only noted, so that whoever draws here can go and the terminal is given back as it was. For
 * one thread.
 */
final class FullScreen implements AutoCloseable {
  private static final int INTERRUPTED = 0;
  private static final int TERMINATED = 143;
  private static final int HUNG_UP = 129;
  private static final int RUNS = -1;
  private static final Size USUAL = Size.of(80, 24);

  /** It warns of each terminal that the host does not know, and goes on. Held, to stay silent. */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  private final Terminal terminal;
  private final Display display;
  private final BindingReader keys;
  private final AtomicBoolean resized = new AtomicBoolean(true);
  private final AtomicBoolean suspended = new AtomicBoolean();
  private volatile int exitCode = RUNS;
  private Attributes before;

  private FullScreen(final Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, true);
    this.keys = new BindingReader(terminal.reader());
  }

  /**
   * Takes the terminal that this process is on.
   *
   * @throws IOException if it cannot be used so
   */
  static FullScreen enter() throws IOException {
    JLINE.setLevel(Level.OFF);
    final TerminalBuilder choices = TerminalBuilder.builder();
    // By its name, and not as the standard streams: to ask what these are takes native code.
    final Terminal terminal =
        new ExecTerminalProvider()
            .sysTerminal(
                "narthex",
                choices.computeType(),
                false,
                choices.computeEncoding(),
                choices.computeStdinEncoding(),
                choices.computeStdoutEncoding(),
                true,
                SignalHandler.SIG_DFL,
                false);
    final FullScreen screen = new FullScreen(terminal);
    try {
      screen.listen();
      screen.show();
      return screen;
    } catch (final RuntimeException | Error e) {
      screen.close();
      throw e;
    }
  }

  private void listen() {
    terminal.handle(Signal.INT, signal -> end(INTERRUPTED));
    terminal.handle(Signal.WINCH, signal -> resized.set(true));
    terminal.handle(Signal.TSTP, signal -> suspended.set(true));
    Signals.register("TERM", () -> end(TERMINATED));
    Signals.register("HUP", () -> end(HUNG_UP));
  }

  private void end(final int code) {
    exitCode = code;
  }

  /** The terminal is gone; a signal may have told it before. */
  void hangUp() {
    if (!isEnded()) {
      end(HUNG_UP);
    }
  }

  private void show() {
    before = terminal.enterRawMode();
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
    resized.set(true);
  }

  private void leave() {
    if (before == null) {
      return;
    }
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.keypad_local);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(before);
    before = null;
  }

  /** Whether a signal asked for the end. */
  boolean isEnded() {
    return exitCode != RUNS;
  }

  /** The exit code that such a signal asks for; else 0. */
  int exitCode() {
    return isEnded() ? exitCode : 0;
  }

  /** Whether all is to be drawn anew; asked once. */
  boolean takeResized() {
    return resized.getAndSet(false);
  }

  /** Stops this program, as Ctrl-Z wants it, if that was pressed; true when it goes on. */
  boolean suspendIfAsked() throws InterruptedException {
    if (!suspended.getAndSet(false)) {
      return false;
    }
    leave();
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (final IOException e) {
      // There is no such program: it goes on.
    }
    show();
    return true;
  }

  /** One that nobody told its size, as of a serial line, is taken for a usual one. */
  Size size() {
    final Size told = terminal.getSize();
    return told.getColumns() > 0 && told.getRows() > 0 ? told : USUAL;
  }

  Terminal terminal() {
    return terminal;
  }

  Charset charset() {
    return terminal.outputEncoding();
  }

  BindingReader keys() {
    return keys;
  }

  /**
   * Draws all lines.
   *
   * @param lines no more than there are rows, none longer than a row
   */
  void draw(final Size size, final boolean anew, final List<AttributedString> lines) {
    if (anew) {
      display.clear();
      display.resize(size);
    }
    display.update(lines, 0);
  }

  @Override
  public void close() {
    try {
      leave();
    } catch (final IOError e) {
      // The terminal is gone, or there is no stty: the next line tries in its own way.
    }
    try {
      terminal.close();
    } catch (final IOException | IOError e) {
      // There is nothing more to do for it.
    }
  }
}
