/**
 * Benchmarks of the backends against each other and against the peers, one class per subject.
 *
 * <p>{@code java -jar jmh/target/benchmarks.jar -prof gc} runs all of them with Agrona's flag, in
 * some ten minutes. Any {@code -jvmArgsAppend}, such as {@code -jvmArgsAppend -Dnarthex.flag=none},
 * takes the place of the flag and so runs them without it; Agrona's own counters then cannot run.
 *
 * <p>A method without a suffix is ours; a suffix says whose it is. What can vary is a parameter
 * whose default is the base case: {@code -p backend=heap}, {@code -p children=1,1000000}, and
 * {@code -t 2} for two threads. Classes whose threads share nothing but the subject keep the rest
 * in each thread's own state.
 *
 * <p>Peers run in the same JVM settings, on the same values and the same prepared strings as ours,
 * each in a fork of its own, so that no profile is shared. They are as they come, with their
 * defaults, unless a benchmark says otherwise and why.
 */
package io.narthex.jmh;
