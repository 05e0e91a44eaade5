/** Files that earlier processes left, and what becomes of them. */
package io.narthex.stress.lifecycle;
