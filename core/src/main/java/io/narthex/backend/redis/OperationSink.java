package io.narthex.backend.redis;

/** Takes up what is to be done in the store, in order. */
interface OperationSink {
  /** Says when the series was created, for the case that it is not there yet. */
  void create(RedisSeries series);

  /** Adds to a counter; an amount of 0 creates it. */
  void add(RedisSeries series, double amount);

  /** Sets a gauge, state set or info, or this process's part of it. */
  void set(RedisSeries series, double value);

  /** Adds to a gauge, or to this process's part of it. */
  void adjust(RedisSeries series, double amount);

  /** Takes a gauge's value, or this process's part of it, away. */
  void unset(RedisSeries series);

  /** Adds observations, by bucket, not cumulative. */
  void observe(RedisSeries series, long[] counts, double sum);

  /** Tells what a counter of the buffer file has counted in all. */
  void total(RedisSeries series, double total);

  /** Tells what a histogram or summary of the buffer file has counted in all. */
  void totals(RedisSeries series, long[] counts, double sum);

  /** What a removed counter of the buffer file had counted is never added. */
  void baseline(RedisSeries series, double total);

  /** What a removed histogram or summary of the buffer file had counted is never added. */
  void baselines(RedisSeries series, long[] counts, double sum);

  /** Removes a series for all processes. */
  void remove(String labels);

  /** Removes all series for all processes. */
  void clear();

  /** Merges the part of a process that is no more into what dead processes left. */
  void fold(String labels, String process);
}
