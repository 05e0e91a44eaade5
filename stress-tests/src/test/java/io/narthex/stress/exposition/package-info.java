/** HTTP clients of every bad kind, beside writers that are not to notice them. */
package io.narthex.stress.exposition;
