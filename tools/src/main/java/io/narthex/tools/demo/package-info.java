/**
 * {@code narthex demo}: worker JVMs that count into one mapped file, clients that send them
 * requests, and a parent that only reads the file.
 */
package io.narthex.tools.demo;
