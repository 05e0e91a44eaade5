/**
 * Metrics as applications see them: {@link io.narthex.Counter} and its siblings, made in a {@link
 * io.narthex.MetricRegistry}, which counts into a {@link io.narthex.backend.Backend}.
 */
package io.narthex;
