package io.narthex.jmh;

/** The label values of 100,000 series: 1,000 paths by 100 customers. */
final class Names {
  static final int SERIES = 100_000;

  /** Of seven digits, as it stays through a benchmark: so all pages have one size. */
  static final long FIRST_VALUE = 1_000_000;

  private static final int CUSTOMERS = 100;

  private final String[] paths = new String[SERIES / CUSTOMERS];
  private final String[] customers = new String[CUSTOMERS];

  Names() {
    for (int i = 0; i < paths.length; i++) {
      paths[i] = "/orders/" + i;
    }
    for (int i = 0; i < customers.length; i++) {
      customers[i] = "customer-" + i;
    }
  }

  String path(final int series) {
    return paths[series / CUSTOMERS];
  }

  String customer(final int series) {
    return customers[series % CUSTOMERS];
  }
}
