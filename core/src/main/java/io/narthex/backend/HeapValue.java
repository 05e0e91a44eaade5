package io.narthex.backend;

/** What the heap backend asks of its slots beyond counting. */
interface HeapValue {
  /** Says whose value it is, before anybody sees it. */
  void of(HeapSeries series);

  /**
   * Reads the value into the cursor.
   *
   * @param removed whether the series was removed, so that it is shown only if it counted since
   * @return whether a scrape shows it
   */
  boolean read(HeapCursor cursor, boolean removed);

  /** Goes back to where a removed series stands, for updates to start from. */
  void clear();

  /**
   * Gives a series that is created, or created anew, the value that it is exported with, if any.
   */
  void create();
}
