package io.narthex.backend.redis;

import io.narthex.MetricConflictException;
import io.narthex.NarthexException;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.LabelSet;
import io.narthex.backend.SelfMetrics;
import io.narthex.backend.SeriesVisitor;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts across hosts, into a Redis server or cluster that all of them reach.
 *
 * <p>{@link Mode#BUFFERED}, the default: an update is one atomic add to a cell of the process, at
 * the cost of the heap backend; one daemon thread carries what the cells grew by to Redis at each
 * flush interval and when the backend is closed. Updates never wait, never fail and do no I/O,
 * whatever the server does. What was carried counts exactly once, for as long as the server keeps
 * its data; what was not carried yet is lost with a process that is killed. {@link Mode#DIRECT}: an
 * update is carried before it returns, at the cost of a round trip; while Redis is away updates are
 * kept as in the other mode.
 *
 * <p>A scrape reads everything from Redis, after it has carried what was pending. If Redis does not
 * answer in time it shows what was read last and what this process has counted since. {@code
 * value()} likewise, of which others' updates may be one flush interval old. A removal takes what
 * has arrived; what other processes have not carried yet comes after it.
 *
 * <p>Which processes are alive is a matter of heartbeats here: one that has sent none for three
 * flush intervals, and at least three seconds, is taken for dead. One that was away for longer than
 * the keys' expiry counts as ended.
 *
 * <p>It needs {@code redis.clients:jedis} on the class path. Safe for use by any number of threads.
 */
public final class RedisBackend implements Backend {
  private static final String OVERFLOW = "__overflow__";
  private static final long SHORT_WAIT_NANOS = Duration.ofMillis(250).toNanos();

  private final RedisOptions options;
  private final RedisProcess process = RedisProcess.current();
  private final StoreLayout layout;
  private final Backend local;

  /** Null where updates wait on the heap. */
  private final BufferFile buffer;

  /** Names that the local backend has to give up before they are registered anew. */
  private final Set<String> retired = ConcurrentHashMap.newKeySet();

  private final Map<String, RedisFamily> families = new ConcurrentHashMap<>();
  private final RedisMeters meters = new RedisMeters();
  private final Complaints complaints;
  private final Exchange exchange;
  private final Courier courier;
  private final SelfMetrics selfMetrics;
  private final Carrier carrier = new OwnCarrier();
  private final Object registering = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Which keys and fields values are kept in. */
  public enum Layout {
    /** The engine's own: every type and mode, whatever the number of processes. */
    NATIVE,
    /**
     * That of Python's pytheus 0.6, to count into one series with it: counters, histograms,
     * summaries, and gauges of the modes {@code SHARED} and {@code MOST_RECENT}.
     */
    PYTHEUS
  }

  /** When updates are carried. */
  public enum Mode {
    /** At each flush interval, by a thread of the backend. */
    BUFFERED,
    /** Each by its own thread before it returns, for comparison. */
    DIRECT
  }

  private RedisBackend(final RedisOptions options) {
    this.options = options;
    this.buffer = options.bufferPath() == null ? null : BufferFile.open(options.bufferPath());
    this.local = buffer == null ? heap(options.maxSeriesPerMetric()) : buffer.backend();
    this.layout =
        switch (options.layout()) {
          case NATIVE ->
              new NativeLayout(options, process, buffer == null ? null : buffer.source());
          case PYTHEUS -> new PytheusLayout(options);
        };
    this.complaints = new Complaints(options.address());
    this.exchange = new Exchange(options, layout, families, retired, meters, complaints);
    this.courier = new Courier(exchange, complaints, options.flushInterval().toNanos());
    this.selfMetrics = selfMetrics();
  }

  private static HeapBackend heap(final int maxSeries) {
    return maxSeries == 0
        ? HeapBackend.create()
        : HeapBackend.builder().maxSeriesPerMetric(maxSeries).build();
  }

  /**
   * Connects in the native layout and buffered.
   *
   * @param uri {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for
   *     TLS with the JVM's trust store; a node of a cluster stands for the cluster
   * @return the backend
   * @throws NarthexException if the address is none, or nobody answers there
   */
  public static RedisBackend connect(final URI uri) {
    return builder(uri).connect();
  }

  /**
   * Starts a backend with choices.
   *
   * @param uri as in {@link #connect}
   * @return a builder
   */
  public static Builder builder(final URI uri) {
    return new Builder(RedisAddress.of(Objects.requireNonNull(uri, "uri")));
  }

  /**
   * Makes a backend from a configuration.
   *
   * @param config the keys {@code uri}, or {@code host port user password database tls}; {@code
   *     layout mode flush_interval expire_key_time lazy timeout close_timeout key_prefix
   *     max_series_per_metric}; durations in seconds
   * @return the backend
   * @throws NarthexException if a key is unknown or its value is not what it takes, or nobody
   *     answers at the address
   */
  public static RedisBackend fromConfig(final Map<String, ?> config) {
    return RedisConfig.builder(config).connect();
  }

  private RedisBackend start() {
    boolean started = false;
    try {
      if (!options.lazy()) {
        exchange.connect();
        meters.connected(true);
      }
      if (buffer != null) {
        buffer.contents().forEach(this::adopt);
      }
      courier.start();
      started = true;
      return this;
    } catch (final LinkException e) {
      throw new NarthexException(
          "cannot connect to Redis at "
              + options.address()
              + ": "
              + e.getMessage()
              + "; "
              + advice(new RedisError(e.getMessage())),
          e);
    } finally {
      if (!started) {
        exchange.disconnect();
        local.close();
      }
    }
  }

  private static String advice(final RedisError error) {
    return error.isOfServer()
        ? error.advice()
        : "start it, correct the address, or say lazy to connect once it is there";
  }

  /** Goes on delivering what an earlier process counted into the buffer. */
  private void adopt(final FamilyDescriptor family, final List<LabelSet> series) {
    final LabelSet overflow = overflow(family.labelNames());
    final RedisFamily adopted = family(family, overflow);
    families.put(family.name(), adopted);
    series.forEach(adopted::adopt);
  }

  private static LabelSet overflow(final List<String> names) {
    final String[] values = new String[names.size()];
    Arrays.fill(values, OVERFLOW);
    return names.isEmpty() ? null : LabelSet.of(names.toArray(new String[0]), values);
  }

  private RedisFamily family(final FamilyDescriptor wanted, final LabelSet overflow) {
    return new RedisFamily(
        wanted, local.register(wanted, overflow), overflow, layout.units(wanted), process, carrier);
  }

  // ---- the seam

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    layout.check(wanted);
    synchronized (registering) {
      final RedisFamily held = held(wanted);
      if (held != null) {
        held.show();
        return held;
      }
      giveUpRetired();
      final RedisFamily fresh = family(wanted, overflow);
      families.put(wanted.name(), fresh);
      courier.await(false, patienceNanos());
      final MetricConflictException conflict = fresh.conflict();
      if (conflict != null) {
        giveUpRetired();
        throw conflict;
      }
      fresh.show();
      return fresh;
    }
  }

  /** How long to wait for a round: not long for a server that is known to be away. */
  private long patienceNanos() {
    return meters.isConnected()
        ? options.timeout().toNanos()
        : Math.min(SHORT_WAIT_NANOS, options.timeout().toNanos());
  }

  /** Others may have taken a family out; what it counted here is of no use any more. */
  private void giveUpRetired() {
    for (final String name : Set.copyOf(retired)) {
      if (retired.remove(name)) {
        local.unregister(name);
      }
    }
  }

  /** The family if this process has it. */
  private RedisFamily held(final FamilyDescriptor wanted) {
    final RedisFamily same = families.get(wanted.name());
    if (same != null && !same.isRetired() && same.descriptor().sameSchema(wanted)) {
      return same;
    }
    if (overlapping(wanted) != null) {
      courier.await(false, patienceNanos()); // it may have been unregistered
      final RedisFamily other = overlapping(wanted);
      if (other != null) {
        throw FamilyDescriptor.conflict(wanted, other.descriptor());
      }
    }
    return null;
  }

  private RedisFamily overlapping(final FamilyDescriptor wanted) {
    for (final RedisFamily family : families.values()) {
      if (family.descriptor().overlaps(wanted)) {
        return family;
      }
    }
    return null;
  }

  @Override
  public boolean unregister(final String family) {
    synchronized (registering) {
      final RedisFamily own = families.remove(family);
      if (own != null) {
        own.sending.lock(); // nobody is sending for it by the time it leaves the store
        try {
          own.retire();
        } finally {
          own.sending.unlock();
        }
        retired.add(family);
        giveUpRetired();
      }
      final Exchange.Unregistering told = exchange.unregister(family);
      courier.await(false, patienceNanos());
      return own != null || told.isFound();
    }
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    courier.await(true, options.timeout().toNanos());
    final Contents contents = exchange.contents();
    final Showing<X> showing = new Showing<>(visitor, contents.census(), process.id());
    final SelfMetrics.Visit<X> own = selfMetrics.visit(visitor);
    final TreeSet<String> names = new TreeSet<>(contents.families().keySet());
    names.addAll(families.keySet());
    for (final String name : names) {
      final RedisFamily family = families.get(name);
      final Contents.Kept kept = contents.families().get(name);
      if (family != null) {
        if (own.family(family.descriptor())) {
          showing.own(family);
        }
      } else if (kept != null && own.family(kept.descriptor())) {
        showing.foreign(kept);
      }
    }
    own.end();
  }

  /**
   * Carries what is pending, for at most the close timeout, and ends the thread. What could not be
   * carried is lost, unless it is in a buffer file, and logged. Of several that close at once, only
   * the first one waits. Slots that are kept go on counting into the process's own cells, from
   * where nobody carries it any more.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    courier.close(options.closeTimeout().toNanos());
    local.close();
    final int pending = exchange.pendingCount();
    if (pending > 0) {
      complaints.say(
          Level.WARNING,
          "closed before the updates of "
              + pending
              + " series could be delivered within "
              + options.closeTimeout().toMillis()
              + " ms; "
              + (buffer == null ? "they are lost" : "whoever opens the buffer file next does it"));
    }
  }

  private SelfMetrics selfMetrics() {
    return SelfMetrics.builder()
        .gauge("narthex_series", "Series that Redis held when it was last read.", this::seriesCount)
        .gauge(
            "narthex_processes_alive",
            "Processes that have lately said that they count into Redis.",
            () -> exchange.contents().census().aliveCount())
        .gauge(
            "narthex_redis_connected",
            "1 where the last exchange with Redis went well, else 0.",
            () -> meters.isConnected() ? 1 : 0)
        .gauge(
            "narthex_redis_flush_lag_seconds",
            "Seconds since all updates of this process had arrived.",
            meters::lagSeconds)
        .gauge(
            "narthex_redis_failed_flushes",
            "Flushes of this process that failed, all or in part.",
            meters.failedFlushes::doubleValue)
        .gauge(
            "narthex_redis_pending_series",
            "Series of which this process has updates that have not arrived.",
            exchange::pendingCount)
        .gauge(
            "narthex_redis_data_losses",
            "How often this process found that Redis had lost a metric, whole or in part.",
            meters.dataLosses::doubleValue)
        .gauge(
            "narthex_redis_damaged_fields",
            "Fields of Redis that held no number and were written anew.",
            meters.damagedFields::doubleValue)
        .gauge(
            "narthex_redis_commands",
            "Commands that this process has sent.",
            meters.commands::doubleValue)
        .build();
  }

  private double seriesCount() {
    double count = 0;
    for (final Contents.Kept family : exchange.contents().families().values()) {
      count += family.rows().size();
    }
    return count;
  }

  private final class OwnCarrier implements Carrier {
    @Override
    public boolean isDirect() {
      return options.mode() == Mode.DIRECT;
    }

    @Override
    public boolean isDurable() {
      return buffer != null;
    }

    @Override
    public void write(final RedisFamily family, final RedisSeries series) {
      if (isDirect()) {
        exchange.sendNow(family, series);
      }
    }

    @Override
    public void freshen() {
      if (meters.isConnected() && !exchange.isFresh(options.flushInterval().toNanos())) {
        courier.await(true, SHORT_WAIT_NANOS);
      }
    }

    @Override
    public Census census() {
      return exchange.contents().census();
    }
  }

  /** The choices for a backend; not for use by several threads. */
  public static final class Builder {
    private final RedisAddress address;
    private Layout layout = Layout.NATIVE;
    private Mode mode = Mode.BUFFERED;
    private Duration flushInterval = Duration.ofSeconds(1);
    private Duration expireKeyTime = Duration.ofHours(1);
    private Duration timeout = Duration.ofSeconds(2);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private boolean lazy;
    private String keyPrefix = "narthex";
    private int maxSeries;
    private String bufferPath;

    Builder(final RedisAddress address) {
      this.address = address;
    }

    /**
     * Chooses the keys and fields.
     *
     * @param choice {@link Layout#NATIVE} unless set
     * @return this
     */
    public Builder layout(final Layout choice) {
      this.layout = Objects.requireNonNull(choice, "layout");
      return this;
    }

    /**
     * Chooses when updates are carried.
     *
     * @param choice {@link Mode#BUFFERED} unless set
     * @return this
     */
    public Builder mode(final Mode choice) {
      this.mode = Objects.requireNonNull(choice, "mode");
      return this;
    }

    /**
     * Sets how often updates are carried, and how often the process says that it is alive.
     *
     * @param interval at least a millisecond; a second unless set
     * @return this
     */
    public Builder flushInterval(final Duration interval) {
      this.flushInterval = positive("flushInterval", interval);
      return this;
    }

    /**
     * Sets how long keys live that no process refreshes any more. Processes refresh the keys of
     * their metrics for as long as they run.
     *
     * @param time whole seconds, at least 3; zero for ever; an hour unless set
     * @return this
     */
    public Builder expireKeyTime(final Duration time) {
      final long seconds = Objects.requireNonNull(time, "expireKeyTime").toSeconds();
      if (seconds < 3 && !time.isZero()) {
        throw new IllegalArgumentException(
            "expireKeyTime " + time + " is below 3 seconds; zero is for keys that never expire");
      }
      this.expireKeyTime = Duration.ofSeconds(seconds);
      return this;
    }

    /**
     * Sets how long the server may take to answer.
     *
     * @param time at least a millisecond; 2 seconds unless set
     * @return this
     */
    public Builder timeout(final Duration time) {
      this.timeout = positive("timeout", time);
      return this;
    }

    /**
     * Sets how long {@link RedisBackend#close} tries to carry what is pending.
     *
     * @param time at least a millisecond; 5 seconds unless set
     * @return this
     */
    public Builder closeTimeout(final Duration time) {
      this.closeTimeout = positive("closeTimeout", time);
      return this;
    }

    private static Duration positive(final String name, final Duration time) {
      if (Objects.requireNonNull(time, name).toMillis() < 1
          || time.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + " " + time + " is not between a millisecond and 24 days");
      }
      return time;
    }

    /**
     * Says whether the backend may start while there is no server.
     *
     * @param choice true to connect once there is one; false unless set
     * @return this
     */
    public Builder lazy(final boolean choice) {
      this.lazy = choice;
      return this;
    }

    /**
     * Sets what keys begin with, so that several programs can share a server. In the pytheus layout
     * only the engine's own keys do.
     *
     * @param text without braces; {@code narthex} unless set
     * @return this
     */
    public Builder keyPrefix(final String text) {
      if (text.isEmpty() || text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
        throw new IllegalArgumentException("keyPrefix '" + text + "' is empty or has a brace");
      }
      this.keyPrefix = text;
      return this;
    }

    /**
     * Caps how many series of each metric this process makes, as {@link
     * HeapBackend.Builder#maxSeriesPerMetric} does.
     *
     * @param count at least 1; no cap unless set
     * @return this
     */
    public Builder maxSeriesPerMetric(final int count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "maxSeriesPerMetric " + count + " is below 1; leave it unset for no cap");
      }
      this.maxSeries = count;
      return this;
    }

    /**
     * Lets what was counted wait in a mapped file, as {@code MappedBackend} has it, instead of on
     * the heap: whoever opens the file next delivers what a process that was killed had not.
     * Several processes of the host may share one. That is for counters, histograms and summaries;
     * what a gauge was set to in the last flush interval is lost with its process.
     *
     * @param path where the file is or is to be; the heap unless set
     * @return this
     */
    public Builder bufferPath(final Path path) {
      this.bufferPath = path.toString();
      return this;
    }

    /**
     * Connects and starts.
     *
     * @return the backend
     * @throws NarthexException if nobody answers at the address, unless it is lazy
     */
    public RedisBackend connect() {
      check();
      try {
        return new RedisBackend(
                new RedisOptions(
                    address,
                    layout,
                    mode,
                    flushInterval,
                    expireKeyTime,
                    timeout,
                    closeTimeout,
                    lazy,
                    keyPrefix,
                    maxSeries,
                    bufferPath))
            .start();
      } catch (final NoClassDefFoundError missing) {
        throw new NarthexException(
            "the Redis backend needs redis.clients:jedis, version 8 or newer, on the class path",
            missing);
      }
    }

    private void check() {
      if (bufferPath != null && layout == Layout.PYTHEUS) {
        throw new NarthexException(
            "a buffer file goes with the layout native only: in that of pytheus there is no place"
                + " for what of the file was delivered");
      }
      if (bufferPath != null && maxSeries != 0) {
        throw new NarthexException(
            "maxSeriesPerMetric goes with a buffer on the heap only; leave one of the two out");
      }
    }
  }
}
