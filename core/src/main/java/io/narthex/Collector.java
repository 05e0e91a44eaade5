package io.narthex;

/**
 * Measures at each scrape what nobody counts as it happens. It is exported by the process that has
 * it registered, whatever the backend, and called by the thread that scrapes; scrapes may overlap.
 *
 * <p>A collector that throws loses its output for that scrape. A name, a label or a value that is
 * not allowed is left out; both are logged once.
 */
@FunctionalInterface
public interface Collector {
  /**
   * Gives what there is to export now.
   *
   * @param sink where to; not to be kept
   */
  void collect(Sink sink);

  /** Takes the samples of one collector at one scrape. */
  interface Sink {
    /**
     * Exports one value that goes up and down.
     *
     * @param name the metric's name, without the registry's prefix
     * @param help what it measures, or the empty string
     * @param value any double
     * @param labelNamesAndValues names and values by turns
     */
    void gauge(String name, String help, double value, String... labelNamesAndValues);

    /**
     * Exports one value that only grows.
     *
     * @param name the metric's name, without the registry's prefix, with or without {@code _total}
     * @param help what it counts, or the empty string
     * @param value 0 or more, and finite
     * @param labelNamesAndValues names and values by turns
     */
    void counter(String name, String help, double value, String... labelNamesAndValues);
  }
}
