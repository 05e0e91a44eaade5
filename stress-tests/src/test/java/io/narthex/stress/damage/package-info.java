/** Files that are not what they should be. */
package io.narthex.stress.damage;
