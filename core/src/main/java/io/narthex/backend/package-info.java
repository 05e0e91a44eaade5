/**
 * The seam between metrics and the places where their values live: {@link
 * io.narthex.backend.Backend} makes {@link io.narthex.backend.Slot}s, into which metrics count, and
 * shows what it holds to a {@link io.narthex.backend.SeriesVisitor}. Backends know this package and
 * nothing of each other; of {@code io.narthex} they use only the exceptions and {@link
 * io.narthex.GaugeMode}.
 */
package io.narthex.backend;
