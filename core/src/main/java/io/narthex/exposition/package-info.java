/**
 * What a registry holds, as text for others: {@link io.narthex.exposition.TextFormat} writes the
 * two formats that Prometheus reads, and {@link io.narthex.exposition.MetricsServer} answers
 * scrapes over HTTP. This package only reads, through {@link io.narthex.backend.SeriesVisitor}, and
 * knows no backend.
 */
package io.narthex.exposition;
