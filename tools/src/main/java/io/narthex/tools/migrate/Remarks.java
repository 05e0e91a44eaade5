package io.narthex.tools.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is left out, and why: a line each, but not more of a kind than somebody would read. */
final class Remarks {
  private static final int SHOWN = 20;

  private final Map<Kind, Set<String>> byKind = new LinkedHashMap<>();

  /** What is left out for one reason. */
  enum Kind {
    FOREIGN("keys that are not pytheus's"),
    LIVE("gauges of processes that are alive"),
    NAMES("series with labels of such names"),
    CONFLICTS("metrics of a name that is taken"),
    LABELS("series with other labels than their metric's"),
    NUMBERS("series with numbers that cannot be held"),
    LENGTHS("metrics and series that are too long"),
    METRICS("metrics that cannot be declared");

    private final String plural;

    Kind(final String plural) {
      this.plural = plural;
    }
  }

  /** Adds one; the same one again is the same. */
  void leftOut(final Kind kind, final String what) {
    byKind.computeIfAbsent(kind, any -> new LinkedHashSet<>()).add(what);
  }

  /** For people, those of a kind together. */
  List<String> lines() {
    final List<String> lines = new ArrayList<>();
    byKind.forEach(
        (kind, all) -> {
          all.stream().limit(SHOWN).forEach(what -> lines.add("left out: " + what));
          if (all.size() > SHOWN) {
            lines.add("left out: and " + (all.size() - SHOWN) + " more " + kind.plural);
          }
        });
    return lines;
  }
}
