package io.narthex.tools.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps so many findings of each check, and counts all: a damaged file may have millions. */
final class FindingList implements Findings {
  private final int limit;
  private final List<Finding> kept = new ArrayList<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  FindingList(final int limit) {
    this.limit = limit;
  }

  @Override
  public void add(final Finding finding) {
    if (counts.merge(finding.check(), 1L, Long::sum) <= limit) {
      kept.add(finding);
    }
  }

  /** In the order in which they were found. */
  List<Finding> kept() {
    return kept;
  }

  /** How many there are of each check, those included that were not kept. */
  Map<String, Long> counts() {
    return counts;
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
