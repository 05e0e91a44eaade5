package io.narthex.jmh;

/** The label values of any number of series: paths by 100 customers. */
public final class Names {
  /** How many series most benchmarks have. */
  public static final int SERIES = 100_000;

  /** Of seven digits, as it stays through a benchmark: so all pages have one size. */
  public static final long FIRST_VALUE = 1_000_000;

  private static final int CUSTOMERS = 100;

  private final String[] paths;
  private final String[] customers = new String[CUSTOMERS];

  /** Makes the strings, of which each is there once, for so many series. */
  public Names(final int series) {
    paths = new String[(series + CUSTOMERS - 1) / CUSTOMERS];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = "/orders/" + i;
    }
    for (int i = 0; i < customers.length; i++) {
      customers[i] = "customer-" + i;
    }
  }

  /** The first label of a series. */
  public String path(final int series) {
    return paths[series / CUSTOMERS];
  }

  /** The second label of a series. */
  public String customer(final int series) {
    return customers[series % CUSTOMERS];
  }
}
