/**
 * Races between few operations, each tried very often. The races themselves are in the packages of
 * what they are about, so that they can be as close to it as they have to.
 */
package io.narthex.stress.races;
