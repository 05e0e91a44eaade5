package io.narthex.tools.web;

import io.narthex.backend.mapped.MappedBackend;
import java.nio.file.Path;

/**
 * A mapped file that the page tells of.
 *
 * @param path where it is
 * @param name what the page calls it
 * @param backend knows its processes
 */
public record ShownFile(Path path, String name, MappedBackend backend) {}
