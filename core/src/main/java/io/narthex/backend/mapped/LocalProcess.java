package io.narthex.backend.mapped;

import java.nio.channels.FileLock;

/**
 * This JVM as a file's process table has it.
 *
 * @param row the number of its row
 * @param incarnation its number, which the file gives out once
 * @param lock of the byte of that number, held for as long as the JVM lives
 */
record LocalProcess(int row, long incarnation, FileLock lock) {}
