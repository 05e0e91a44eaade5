package io.narthex.tools.history;

import io.narthex.backend.FamilyDescriptor;
import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes a reading as what it changes in a {@link State}; a keyframe is a change to the empty one.
 *
 * <pre>
 *   families that the state has not   number, each: type, gauge mode, name, help, unit,
 *                                     label names, bounds, states
 *   series that the state has not     number, each: number of its family (behind the state's
 *                                     come the new ones), created, labels, numbers
 *   series that are gone              number, each: steps from the one before
 *   series with other numbers         number, each: steps from the one before, numbers
 *
 *   numbers of a value                difference
 *   numbers of a distribution         buckets that differ (number, each: steps, difference), sum
 * </pre>
 */
final class StateEncoder {
  private final PayloadWriter out = new PayloadWriter();
  private final PayloadWriter created = new PayloadWriter();
  private final PayloadWriter changed = new PayloadWriter();

  /** The payload is in {@link #payload} until the next call. */
  void encode(final State base, final Reading reading) {
    out.clear();
    created.clear();
    changed.clear();
    final List<FamilyDescriptor> newFamilies = new ArrayList<>();
    final BitSet here = new BitSet(base.series().size());
    int createdCount = 0;
    int changedCount = 0;
    int last = -1;
    for (final ReadingFamily family : reading.families()) {
      int familyNumber = base.find(family.descriptor());
      final boolean isNew = familyNumber < 0;
      if (isNew) {
        familyNumber = base.families().size() + newFamilies.size();
        newFamilies.add(family.descriptor());
      }
      for (final ReadingSeries one : family.series()) {
        final int number = isNew ? -1 : base.find(family.name(), one);
        if (number < 0) {
          created.number(familyNumber);
          created.signed(one.createdMillis());
          created.text(one.labelText());
          numbers(created, null, one);
          createdCount++;
          continue;
        }
        here.set(number);
        final ReadingSeries before = base.series().get(number);
        if (!before.equals(one)) {
          changed.number(number - last - 1);
          numbers(changed, before, one);
          last = number;
          changedCount++;
        }
      }
    }
    out.number(newFamilies.size());
    newFamilies.forEach(this::family);
    out.number(createdCount);
    out.append(created);
    gone(here, base.series().size());
    out.number(changedCount);
    out.append(changed);
  }

  PayloadWriter payload() {
    return out;
  }

  private void gone(final BitSet here, final int size) {
    out.number(size - here.cardinality());
    int last = -1;
    for (int i = here.nextClearBit(0); i < size; i = here.nextClearBit(i + 1)) {
      out.number(i - last - 1);
      last = i;
    }
  }

  private static void numbers(
      final PayloadWriter out, final ReadingSeries before, final ReadingSeries now) {
    if (!now.isDistribution()) {
      out.difference(before == null ? 0 : before.value(), now.value());
      return;
    }
    int differing = 0;
    for (int i = 0; i < now.bucketCount(); i++) {
      differing += now.bucket(i) == bucket(before, i) ? 0 : 1;
    }
    out.number(differing);
    int last = -1;
    for (int i = 0; i < now.bucketCount(); i++) {
      final long difference = now.bucket(i) - bucket(before, i);
      if (difference != 0) {
        out.number(i - last - 1);
        out.signed(difference);
        last = i;
      }
    }
    out.difference(before == null ? 0 : before.sum(), now.sum());
  }

  private static long bucket(final ReadingSeries series, final int index) {
    return series == null ? 0 : series.bucket(index);
  }

  private void family(final FamilyDescriptor family) {
    out.text(family.type().name());
    out.text(family.gaugeMode().name());
    out.text(family.name());
    out.text(family.help());
    out.text(family.unit());
    texts(family.labelNames());
    out.number(family.boundCount());
    for (int i = 0; i < family.boundCount(); i++) {
      out.bits(family.bound(i));
    }
    texts(family.states());
  }

  private void texts(final List<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }
}
