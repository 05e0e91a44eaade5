package io.narthex.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did that ran in this JVM.
 *
 * @param code its exit code
 * @param out what it wrote
 * @param err what it complained of
 */
public record Ran(int code, String out, String err) {
  /** Runs a command. */
  public static Ran of(final Object... args) {
    final String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = String.valueOf(args[i]);
    }
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(texts);
    return new Ran(code, out.toString(), err.toString());
  }
}
