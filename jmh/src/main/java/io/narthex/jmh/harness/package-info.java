/**
 * What JMH cannot measure, since it takes several processes, a schedule or a whole heap: the rate
 * of several JVMs together, the time of single calls in the worst case, and the memory of a series.
 *
 * <p>Each harness starts JVMs of its own, of the same Java and class path, and tells them by their
 * standard input what to do next. They end when it does, also when their parent is killed.
 */
package io.narthex.jmh.harness;
