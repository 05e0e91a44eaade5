package io.narthex.tools.top;

import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** What keys mean, in the table and while a filter is typed. */
enum Key {
  QUIT,
  SORT_NEXT,
  SORT_RATE,
  SORT_VALUE,
  SORT_NAME,
  REVERSE,
  FILTER,
  CLEAR,
  PAUSE,
  UP,
  DOWN,
  PAGE_UP,
  PAGE_DOWN,
  HOME,
  END,
  REDRAW,
  ACCEPT,
  ERASE,
  ERASE_ALL,
  CHARACTER,
  NOTHING;

  /** How long to wait for the rest of a sequence that begins as the key Esc does. */
  private static final long AMBIGUOUS_MILLIS = 50;

  private static final String ESCAPE = KeyMap.esc();

  static KeyMap<Key> ofTable(final Terminal terminal) {
    final KeyMap<Key> keys = map();
    keys.setNomatch(NOTHING);
    keys.setUnicode(NOTHING);
    keys.bind(QUIT, "q", "Q", KeyMap.ctrl('C'), KeyMap.ctrl('D'));
    keys.bind(SORT_NEXT, "s");
    keys.bind(SORT_RATE, "r");
    keys.bind(SORT_VALUE, "v");
    keys.bind(SORT_NAME, "n");
    keys.bind(REVERSE, "R");
    keys.bind(FILTER, "/");
    keys.bind(CLEAR, ESCAPE);
    keys.bind(PAUSE, " ", "p");
    keys.bind(REDRAW, KeyMap.ctrl('L'));
    bind(keys, UP, terminal, Capability.key_up, "k", "\033[A", "\033OA");
    bind(keys, DOWN, terminal, Capability.key_down, "j", "\033[B", "\033OB");
    bind(keys, PAGE_UP, terminal, Capability.key_ppage, "\033[5~");
    bind(keys, PAGE_DOWN, terminal, Capability.key_npage, "\033[6~");
    bind(keys, HOME, terminal, Capability.key_home, "g", "\033[H", "\033[1~");
    bind(keys, END, terminal, Capability.key_end, "G", "\033[F", "\033[4~");
    return keys;
  }

  static KeyMap<Key> ofFilter() {
    final KeyMap<Key> keys = map();
    keys.setNomatch(CHARACTER);
    keys.setUnicode(CHARACTER);
    keys.bind(ACCEPT, "\r", "\n");
    keys.bind(CLEAR, ESCAPE, KeyMap.ctrl('C'));
    keys.bind(ERASE, KeyMap.del(), KeyMap.ctrl('H'));
    keys.bind(ERASE_ALL, KeyMap.ctrl('U'));
    // Keys that would otherwise type what stands behind their escape character.
    keys.bind(NOTHING, "\033[A", "\033[B", "\033[C", "\033[D", "\033OA", "\033OB", "\033OC");
    return keys;
  }

  private static KeyMap<Key> map() {
    final KeyMap<Key> keys = new KeyMap<>();
    keys.setAmbiguousTimeout(AMBIGUOUS_MILLIS);
    return keys;
  }

  private static void bind(
      final KeyMap<Key> keys,
      final Key key,
      final Terminal terminal,
      final Capability capability,
      final String... also) {
    keys.bind(key, also);
    final String sequence = KeyMap.key(terminal, capability);
    if (sequence != null && !sequence.isEmpty()) {
      keys.bind(key, sequence);
    }
  }
}
