package io.narthex.stress.run;

import java.util.List;
import java.util.Map;

/**
 * What became of a test class.
 *
 * @param test the class, without its package
 * @param tests how many of its tests passed or failed
 * @param skipped why tests were skipped, one entry for each
 * @param failures what failed and why, one entry for each
 * @param figures what the tests published
 * @param seconds how long it took
 */
record Outcome(
    String test,
    long tests,
    List<String> skipped,
    List<String> failures,
    Map<String, String> figures,
    long seconds) {

  boolean isGreen() {
    return failures.isEmpty() && tests > 0;
  }

  /** How many tests were skipped in all, in words. */
  static String skipped(final List<Outcome> outcomes) {
    final long skipped = outcomes.stream().mapToLong(outcome -> outcome.skipped.size()).sum();
    return switch ((int) Math.min(skipped, 2)) {
      case 0 -> "no test skipped";
      case 1 -> "1 test skipped";
      default -> skipped + " tests skipped";
    };
  }

  String verdict() {
    if (!failures.isEmpty()) {
      return failures.size() + " failed";
    }
    return tests == 0 ? "ran no test" : "green";
  }

  /** The figures, or why there are none. */
  String told() {
    final StringBuilder text = new StringBuilder();
    figures.forEach((key, value) -> text.append("; ").append(key).append(' ').append(value));
    failures.forEach(failure -> text.append("; FAILED ").append(failure));
    skipped.forEach(reason -> text.append("; skipped ").append(reason));
    return text.length() == 0 ? "" : text.substring("; ".length());
  }
}
