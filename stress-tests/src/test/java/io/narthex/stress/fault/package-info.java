/**
 * Processes that are killed or stopped after every single store, and what they leave to the others.
 * One run of a {@link io.narthex.stress.fault.Scenario} per store.
 */
package io.narthex.stress.fault;
