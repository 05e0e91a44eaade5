/** How commands read and write numbers, durations, sizes and texts of strangers. */
package io.narthex.tools.text;
