/** Replies and contents of Redis that are not what they should be. */
package io.narthex.stress.redis;
