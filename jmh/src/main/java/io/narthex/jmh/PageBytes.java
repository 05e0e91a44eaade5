package io.narthex.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long the last page of an iteration was; JMH adds up those of all iterations. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class PageBytes {
  /** Bytes of text, or of its compressed form. */
  public long pageBytes;
}
