/** Files that programs of other versions made, kept as fixtures. */
package io.narthex.stress.layout;
