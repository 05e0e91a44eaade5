/** What the stress tests share: child JVMs, a place in shared memory, pages read back. */
package io.narthex.stress.harness;
