package io.narthex.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is on a page, and where it goes. */
@State(Scope.Benchmark)
public class ScrapePage {
  /** How many series it has. */
  @Param("100000")
  public int series;

  final CountingSink out = new CountingSink();
  Names names;

  /** Makes the label values. */
  @Setup
  public void create() {
    names = new Names(series);
  }
}
