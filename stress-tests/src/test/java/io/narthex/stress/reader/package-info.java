/** The program below {@code docs/reader}, which knows the file from its description alone. */
package io.narthex.stress.reader;
