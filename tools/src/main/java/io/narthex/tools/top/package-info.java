/** {@code narthex top}: a live table of a file, on a terminal or as plain lines. */
package io.narthex.tools.top;
