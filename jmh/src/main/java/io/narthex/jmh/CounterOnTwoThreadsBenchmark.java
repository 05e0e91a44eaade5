package io.narthex.jmh;

import org.openjdk.jmh.annotations.Threads;

/** The same with two threads on one counter, whose ids follow each other as those of a pool do. */
@Threads(2)
public class CounterOnTwoThreadsBenchmark extends CounterBenchmark {}
