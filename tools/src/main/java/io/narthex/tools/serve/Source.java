package io.narthex.tools.serve;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.nio.file.Path;

/**
 * A mapped file that is served.
 *
 * @param path where it is
 * @param name the value of the label {@code source}
 * @param label that label as exposition formats write it; empty if there is only one file
 * @param key what tells the file from another one that gets its path
 * @param backend reads it
 * @param registry shows it, and closes the backend
 */
record Source(
    Path path,
    String name,
    String label,
    Object key,
    MappedBackend backend,
    MetricRegistry registry) {}
