package io.narthex.tools.file;

import io.narthex.tools.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands in this JVM, and keeps what they said. */
final class Commands {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs one; gives its exit code. */
  int run(final String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
