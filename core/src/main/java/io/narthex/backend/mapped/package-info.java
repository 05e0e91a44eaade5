/**
 * Values in fixed-layout slots of one memory-mapped file that several JVMs share. Layers, from
 * below: memory access ({@code Memory}), layout ({@code *Descriptor}), file ({@code FileIo}, {@code
 * FileCreator}, {@code Grower}), segments and what is allocated in them, index and records, slots,
 * catalog, and {@link io.narthex.backend.mapped.MappedBackend} above them all. Each layer knows
 * only those below it. The layout is published in {@code docs/file-format.md}. Below all of them
 * {@code FaultPoint} lets tests stop a process after any given store.
 */
package io.narthex.backend.mapped;
