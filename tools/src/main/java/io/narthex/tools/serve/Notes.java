package io.narthex.tools.serve;

import java.io.PrintWriter;

/**
 * What is told on the terminal: on standard output what happens, on standard error what is amiss.
 */
final class Notes {
  private final PrintWriter out;
  private final PrintWriter err;

  Notes(final PrintWriter out, final PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  synchronized void say(final String line) {
    out.println(line);
    out.flush();
  }

  synchronized void warn(final String line) {
    err.println("narthex: " + line);
    err.flush();
  }

  /** Whether nobody reads standard output any more. */
  boolean isBroken() {
    return out.checkError();
  }
}
