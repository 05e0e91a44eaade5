/**
 * {@code narthex record} and {@code narthex replay}: what a file held from moment to moment, kept
 * in an append-only directory of bounded size.
 */
package io.narthex.tools.history;
