/** Many processes and threads that create the same things at once. */
package io.narthex.stress.create;
