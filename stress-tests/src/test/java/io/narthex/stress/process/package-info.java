/** Processes that come and go: their parts of gauges, their rows, their liveness. */
package io.narthex.stress.process;
