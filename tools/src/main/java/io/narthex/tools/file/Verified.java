package io.narthex.tools.file;

/**
 * What was verified.
 *
 * @param size of the file, in bytes
 * @param families of any state
 * @param series whole ones, shown or not
 * @param records that the index leads to, damaged ones included
 */
record Verified(long size, int segments, int families, long series, long records) {}
