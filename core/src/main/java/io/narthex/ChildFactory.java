package io.narthex;

import io.narthex.backend.Slot;

/** Makes metrics of one type: a partial view if {@code slot} is null, else a complete child. */
@FunctionalInterface
interface ChildFactory<M extends Metric<M>> {
  M create(Family<M> family, LabelValues values, Partial<M> partial, Slot slot);
}
