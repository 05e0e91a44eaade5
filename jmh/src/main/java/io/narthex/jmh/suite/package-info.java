/** The whole suite in one run: what is measured, in which order, and what is told meanwhile. */
package io.narthex.jmh.suite;
