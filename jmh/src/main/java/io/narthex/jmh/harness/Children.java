package io.narthex.jmh.harness;

import java.util.ArrayList;
import java.util.List;

/** Several child JVMs that end together. */
final class Children implements AutoCloseable {
  private final List<Child> all = new ArrayList<>();

  /** Takes one over. */
  Child add(final Child child) {
    all.add(child);
    return child;
  }

  /** The first so many. */
  List<Child> first(final int count) {
    return all.subList(0, count);
  }

  List<Child> all() {
    return all;
  }

  @Override
  public void close() {
    all.forEach(Child::close);
  }
}
