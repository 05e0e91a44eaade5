package io.narthex.tools.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * What the clients saw, held against what the file says.
 *
 * @param answered the answers that clients have seen
 * @param counted the requests in the file
 * @param lost the answers that the counter lacks
 * @param unobserved the answers that the histogram lacks
 */
record Verdict(long answered, long counted, long lost, long unobserved) {
  /**
   * Compares series by series: a request too many in one, which was cut off by the kill, must not
   * make up for one that is missing in another.
   */
  static Verdict of(final Map<RequestKey, Long> answers, final Tally tally) {
    final Map<String, Long> byWorker = new HashMap<>();
    long answered = 0;
    long uncounted = 0;
    for (final Map.Entry<RequestKey, Long> entry : answers.entrySet()) {
      final long seen = entry.getValue();
      answered += seen;
      uncounted += Math.max(0, seen - tally.requests(entry.getKey()));
      byWorker.merge(entry.getKey().worker(), seen, Long::sum);
    }
    long unobserved = 0;
    for (final Map.Entry<String, Long> entry : byWorker.entrySet()) {
      unobserved += Math.max(0, entry.getValue() - tally.latency(entry.getKey()).count());
    }
    return new Verdict(answered, tally.requests(), uncounted, unobserved);
  }

  boolean isGood() {
    return lost == 0 && unobserved == 0;
  }

  @Override
  public String toString() {
    return "answered=" + answered + " counted=" + counted + " lost=" + lost;
  }
}
