package io.narthex.tools.file;

/**
 * One thing that is wrong with a file.
 *
 * @param offset where, in bytes from its beginning
 * @param check what was checked, in two or three words
 * @param expected what should stand there, empty where that cannot be said
 * @param found what stands there
 * @param where in what it is, such as {@code series http_requests_total{method="GET"}}
 */
record Finding(long offset, String check, String expected, String found, String where) {}
