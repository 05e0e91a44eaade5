package io.narthex.backend.mapped;

/**
 * Tells a mapped file from all others, also from one that got the place of a deleted one, and from
 * its own copy.
 *
 * @param key of the file system
 * @param seed of its header
 */
record FileId(Object key, long seed) {}
