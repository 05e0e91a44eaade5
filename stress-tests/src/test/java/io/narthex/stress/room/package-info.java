/**
 * Too little room, on a limit of the process or of the file system, and more room than one segment.
 */
package io.narthex.stress.room;
