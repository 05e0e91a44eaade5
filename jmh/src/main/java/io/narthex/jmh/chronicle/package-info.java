/**
 * A third party's backend, as somebody outside the project would write it: against the public seam
 * {@code io.narthex.backend} alone, on chronicle-bytes. It is held to {@code BackendContract}, it
 * is loaded by its class name, and the benchmarks measure it beside the engine's own.
 */
package io.narthex.jmh.chronicle;
