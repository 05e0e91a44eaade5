package io.narthex.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** Which child a thread looks up next. */
@State(Scope.Thread)
public class Turns {
  /** {@code rotating}, each after the other, or {@code fixed}, always the same. */
  @Param("rotating")
  public String order;

  private int children;
  private int step;
  private int next;

  /** Begins; the threads of a rotation are spread over it, so that they do not meet. */
  @Setup
  public void begin(final LookupLabels labels, final ThreadParams thread) {
    children = labels.children;
    step =
        switch (order) {
          case "rotating" -> 1;
          case "fixed" -> 0;
          default -> throw new IllegalArgumentException("no order " + order);
        };
    final long share = (long) children * thread.getThreadIndex() / thread.getThreadCount();
    next = step * (int) share;
  }

  int next() {
    final int turn = next;
    next = turn + step == children ? 0 : turn + step;
    return turn;
  }
}
