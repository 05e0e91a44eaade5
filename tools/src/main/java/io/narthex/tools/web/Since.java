package io.narthex.tools.web;

/**
 * What a page has seen already.
 *
 * @param board the board that it saw it on, by its name; another one begins anew
 * @param turn the last turn of that board; 0: nothing
 */
record Since(String board, long turn) {
  private static final Since NOTHING = new Since("", 0);

  /** Reads {@code since=BOARD.TURN}; whatever else there is means that nothing was seen. */
  static Since of(final String query) {
    if (query == null || !query.startsWith("since=")) {
      return NOTHING;
    }
    final int dot = query.indexOf('.');
    if (dot < 0) {
      return NOTHING;
    }
    try {
      return new Since(
          query.substring("since=".length(), dot), Long.parseLong(query.substring(dot + 1)));
    } catch (final NumberFormatException e) {
      return NOTHING;
    }
  }
}
