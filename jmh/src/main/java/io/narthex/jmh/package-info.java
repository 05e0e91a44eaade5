/**
 * Benchmarks of the backends against each other and against the peers, one class per subject.
 *
 * <p>{@code java -jar jmh/target/benchmarks.jar -prof gc} runs all of them with Agrona's flag, in
 * some eight minutes. Any {@code -jvmArgsAppend}, such as {@code -jvmArgsAppend
 * -Dnarthex.flag=none}, takes the place of the flag and so runs them without it.
 *
 * <p>Peers run in the same JVM settings, on the same values and the same prepared strings as ours,
 * each in a fork of its own, so that no profile is shared.
 */
package io.narthex.jmh;
