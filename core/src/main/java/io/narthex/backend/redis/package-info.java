/**
 * Counts across hosts: values live in Redis, updates are collected in the process and carried there
 * by one thread. {@link io.narthex.backend.redis.RedisBackend} is the way in. From the seam inward:
 *
 * <pre>
 *   RedisBackend, RedisFamily, Redis…Slot   what metrics see
 *   Courier                                 the one thread, and who waits for it
 *   Exchange, Batch, Parcel                 what is sent, once, in which order
 *   StoreLayout: NativeLayout, Pytheus…     which keys and fields that is
 *   Link, JedisLink                         the wire
 * </pre>
 *
 * <p>It needs the library {@code redis.clients:jedis}, which core does not bring along.
 */
package io.narthex.backend.redis;
