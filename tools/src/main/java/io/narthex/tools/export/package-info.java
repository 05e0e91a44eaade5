/** {@code narthex export}: all that a file shows, in a format that other programs read. */
package io.narthex.tools.export;
