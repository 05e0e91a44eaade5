/** What the environment does to processes that have a file open: it is cut, lost, or runs short. */
package io.narthex.stress.environment;
