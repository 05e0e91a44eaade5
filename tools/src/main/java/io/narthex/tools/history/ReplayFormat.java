package io.narthex.tools.history;

import java.util.Locale;

/** How a history is shown. */
enum ReplayFormat {
  TABLE,
  CSV,
  JSON,
  PROMETHEUS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
