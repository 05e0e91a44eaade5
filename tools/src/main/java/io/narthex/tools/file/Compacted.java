package io.narthex.tools.file;

/**
 * What became of a file.
 *
 * @param before its size
 * @param after the size of the copy
 * @param series that the copy has
 * @param dropped series that it has not
 * @param unregistered metrics that it has not
 * @param damaged records that were left out
 */
record Compacted(
    long before, long after, long series, long dropped, long unregistered, long damaged) {}
