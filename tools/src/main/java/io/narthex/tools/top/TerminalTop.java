package io.narthex.tools.top;

import io.narthex.MetricRegistry;
import io.narthex.NarthexException;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Sparkline;
import java.io.IOError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.terminal.Size;
import org.jline.utils.NonBlockingReader;

/** The table on a terminal: reads the file at each interval, and draws again after each key. */
final class TerminalTop {
  /** How long signals and a new size may have to wait. */
  private static final long POLL_MILLIS = 100;

  private static final String KEYS =
      "q quit  r v n sort  R reverse  / filter  space pause  arrows scroll";

  private final MetricRegistry registry;
  private final String title;
  private final long everyNanos;
  private final View view;
  private final FullScreen screen;
  private final KeyMap<Key> tableKeys;
  private final KeyMap<Key> filterKeys = Key.ofFilter();
  private final Sparkline sparkline;
  private final Tracks tracks = new Tracks();
  private Status status = Status.NONE;
  private String failure;
  private List<Track> chosen = List.of();
  private boolean isTyping;
  private boolean isPaused;
  private boolean isQuit;
  private Size size;

  TerminalTop(
      final MetricRegistry registry,
      final Path file,
      final Duration every,
      final View view,
      final FullScreen screen) {
    this.registry = registry;
    this.title = "narthex top " + Printable.of(file.toString());
    this.everyNanos = every.toNanos();
    this.view = view;
    this.screen = screen;
    this.tableKeys = Key.ofTable(screen.terminal());
    this.sparkline = Sparkline.in(screen.charset());
    this.size = screen.size();
  }

  /** Runs until its user has seen enough, or the terminal is gone; returns the exit code. */
  int run() throws InterruptedException {
    try {
      loop();
    } catch (final IOError | EndOfFileException e) {
      screen.hangUp(); // there is nobody left to tell
    }
    return screen.exitCode();
  }

  private void loop() throws InterruptedException {
    long next = System.nanoTime();
    boolean anew = true;
    while (!isQuit && !screen.isEnded()) {
      boolean changed = screen.suspendIfAsked();
      if (System.nanoTime() - next >= 0) {
        changed |= read();
        next = Math.max(next + everyNanos, System.nanoTime());
      }
      if (screen.takeResized()) {
        size = screen.size();
        anew = true;
      }
      if (changed || anew) {
        draw(anew);
        anew = false;
      }
      final long wait = Math.max(1, (next - System.nanoTime()) / 1_000_000);
      final int peeked = screen.keys().peekCharacter(Math.min(POLL_MILLIS, wait));
      if (peeked == NonBlockingReader.EOF) {
        screen.hangUp();
        break;
      }
      if (peeked != NonBlockingReader.READ_EXPIRED) {
        key();
      }
    }
  }

  /** Reads the file; true if there is something new to show. */
  private boolean read() {
    if (isPaused) {
      return false;
    }
    try {
      final Reading reading = Reading.of(registry);
      tracks.add(reading, System.nanoTime());
      status = Status.of(reading);
      failure = null;
    } catch (final NarthexException e) {
      // The file was truncated, say: the next one at its path may be read again.
      failure = e.getMessage();
    }
    return true;
  }

  private void draw(final boolean anew) {
    final Page page = new Page(size.getColumns(), size.getRows(), sparkline);
    if (page.isTooSmall()) {
      screen.draw(size, anew, page.tooSmall());
      return;
    }
    chosen = view.choose(tracks.all());
    view.scroll(0, Page.rows(size.getRows()), chosen.size());
    screen.draw(size, anew, page.table(title, status, shown(), chosen, view.first(), foot()));
  }

  /** What is seen of the table, and how. */
  private String shown() {
    final StringBuilder out = new StringBuilder();
    if (isPaused) {
      out.append("PAUSED  ");
    }
    if (!view.filter().isEmpty()) {
      out.append(Numbers.count(chosen.size()))
          .append(" with '")
          .append(view.filter())
          .append("'  ");
    }
    out.append("by ").append(view.order());
    if (view.isReversed()) {
      out.append(", reversed");
    }
    if (view.first() > 0) {
      out.append("  from ").append(view.first() + 1);
    }
    return out.toString();
  }

  private Page.Foot foot() {
    if (isTyping) {
      return new Page.Foot("filter: " + view.filter() + "_   Enter keeps it, Esc drops it", false);
    }
    return failure == null
        ? new Page.Foot(KEYS, false)
        : new Page.Foot(Printable.of(failure), true);
  }

  /** Reads a key, or a part of one. */
  private void key() {
    final Key key = screen.keys().readBinding(isTyping ? filterKeys : tableKeys, null, false);
    if (key == null) {
      return;
    }
    if (isTyping) {
      type(key);
    } else {
      act(key);
    }
    if (!isQuit) {
      draw(key == Key.REDRAW);
    }
  }

  private void act(final Key key) {
    final int rows = Page.rows(size.getRows());
    switch (key) {
      case QUIT -> isQuit = true;
      case SORT_NEXT -> view.sortBy(view.order().next());
      case SORT_RATE -> view.sortBy(SortOrder.RATE);
      case SORT_VALUE -> view.sortBy(SortOrder.VALUE);
      case SORT_NAME -> view.sortBy(SortOrder.NAME);
      case REVERSE -> view.reverse();
      case FILTER -> isTyping = true;
      case CLEAR -> view.filter("");
      case PAUSE -> isPaused = !isPaused;
      case UP -> view.scroll(-1, rows, chosen.size());
      case DOWN -> view.scroll(1, rows, chosen.size());
      case PAGE_UP -> view.scroll(-rows, rows, chosen.size());
      case PAGE_DOWN -> view.scroll(rows, rows, chosen.size());
      case HOME -> view.scroll(Integer.MIN_VALUE, rows, chosen.size());
      case END -> view.scroll(Integer.MAX_VALUE, rows, chosen.size());
      default -> {}
    }
  }

  private void type(final Key key) {
    final String text = view.filter();
    switch (key) {
      case ACCEPT -> isTyping = false;
      case CLEAR -> {
        view.filter("");
        isTyping = false;
      }
      case ERASE -> {
        if (!text.isEmpty()) {
          view.filter(text.substring(0, text.offsetByCodePoints(text.length(), -1)));
        }
      }
      case ERASE_ALL -> view.filter("");
      case CHARACTER -> {
        final String typed = screen.keys().getLastBinding();
        if (typed.codePoints().noneMatch(Character::isISOControl)) {
          view.filter(text + typed);
        }
      }
      default -> {}
    }
  }
}
