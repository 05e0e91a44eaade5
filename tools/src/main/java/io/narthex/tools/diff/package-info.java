/** {@code narthex diff}: what changed between two snapshots. */
package io.narthex.tools.diff;
