/** What was measured: as values, and as the JSON file that they are kept in. */
package io.narthex.jmh.results;
