package io.narthex.tools.history;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.text.Numbers;
import io.narthex.tools.text.Printable;
import io.narthex.tools.text.Units;

/** What tables show of a value. */
final class ValueText {
  /** In place of what tells nothing. */
  static final String NONE = "-";

  private ValueText() {}

  /** Of a histogram or summary, the value is its count. */
  static String of(final FamilyDescriptor family, final double value) {
    return switch (family.type()) {
      case GAUGE -> Units.measured(family.name(), value);
      case STATESET -> {
        final int state = (int) value;
        yield state < 1 || state > family.states().size()
            ? NONE
            : Printable.of(family.states().get(state - 1));
      }
      case COUNTER, HISTOGRAM, SUMMARY, INFO -> Numbers.value(value);
    };
  }
}
