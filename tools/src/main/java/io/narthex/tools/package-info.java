/** The {@code narthex} command. */
package io.narthex.tools;
