package io.narthex.stress.fault;

/**
 * A place in the course of a process: its {@code number}th store in one of its threads.
 *
 * @param what what was just done, for people
 */
record Point(String thread, int number, String what) {
  private static final String SEPARATOR = "|";

  String toLine() {
    return thread + SEPARATOR + number + SEPARATOR + what;
  }

  static Point parse(final String line) {
    final String[] parts = line.split("\\|", 3);
    return new Point(parts[0], Integer.parseInt(parts[1]), parts[2]);
  }

  @Override
  public String toString() {
    return thread + " #" + number + ", " + what;
  }
}
