/** The long run of all tests of this module, with progress and a summary. */
package io.narthex.stress.run;
