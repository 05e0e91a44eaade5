/**
 * {@code narthex inspect}, {@code verify} and {@code compact}: read a mapped file by its published
 * format and without the engine, so that they see also what the engine refuses.
 */
package io.narthex.tools.file;
