package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import java.util.Map;

/**
 * What the store held when it was read.
 *
 * @param families by name
 * @param census the processes
 */
record Contents(Map<String, Kept> families, Census census) {
  static final Contents EMPTY = new Contents(Map.of(), Census.EMPTY);

  /**
   * One family.
   *
   * @param descriptor what it is
   * @param epoch since when it is that
   * @param rows its series by label text, in the order of these
   */
  record Kept(FamilyDescriptor descriptor, String epoch, Map<String, Row> rows) {}
}
