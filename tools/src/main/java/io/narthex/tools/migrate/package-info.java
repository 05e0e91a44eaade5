/** {@code narthex import}: the counts of other libraries as a Narthex file, for who moves over. */
package io.narthex.tools.migrate;
