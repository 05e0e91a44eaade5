/** Processes that are killed or stopped at any moment, in the middle of what they do. */
package io.narthex.stress.kill;
