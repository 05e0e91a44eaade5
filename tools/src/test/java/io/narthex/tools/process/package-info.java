/** Processes that tests start, and end whatever happens. */
package io.narthex.tools.process;
