package io.narthex.stress.run;

import java.util.Map;

/**
 * The long form of a test class.
 *
 * @param test the class, without its package
 * @param properties what makes it long
 * @param seconds how long it takes on two cores, more or less
 */
record LongForm(String test, Map<String, String> properties, double seconds) {}
