/**
 * What the benchmarks measured, for readers: one HTML page, pictures and tables for the README.
 *
 * <p>ECharts draws the charts as SVG, inside Rhino; so neither a browser nor fonts are needed, and
 * the page loads nothing.
 */
package io.narthex.jmh.report;
