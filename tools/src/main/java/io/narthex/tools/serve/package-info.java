/**
 * {@code narthex serve}: the metrics of mapped files over HTTP, from a process that is not the
 * service's.
 */
package io.narthex.tools.serve;
