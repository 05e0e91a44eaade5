package io.narthex.tools.migrate;

import io.narthex.tools.reading.Reading;
import java.util.List;

/**
 * What was found where counts are to be taken from, or what a file could take of it.
 *
 * @param reading the metrics as a Narthex file is to hold them
 * @param remarks what was left out, and why; a line each
 */
record Origin(Reading reading, List<String> remarks) {}
