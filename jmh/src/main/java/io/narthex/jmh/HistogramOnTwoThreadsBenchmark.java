package io.narthex.jmh;

import org.openjdk.jmh.annotations.Threads;

/** The same with two threads on one histogram. */
@Threads(2)
public class HistogramOnTwoThreadsBenchmark extends HistogramBenchmark {}
