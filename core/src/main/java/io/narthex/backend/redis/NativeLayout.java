package io.narthex.backend.redis;

import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The engine's own layout: one hash for each metric, one for the parcels that made it, and two for
 * all.
 *
 * <pre>
 *   narthex:catalog         f:NAME descriptor, e:NAME epoch, n:CLAIMED NAME
 *   narthex:processes       ID: ms of the last heartbeat, pid
 *   narthex:{NAME}          the values, see apply.lua
 *   narthex:{NAME}:parcels  ID: number of the last parcel applied, seconds
 * </pre>
 *
 * <p>The braces put a metric's keys into one slot of a cluster.
 */
final class NativeLayout implements StoreLayout {
  private static final int KEYS_AT_ONCE = 100;
  private static final int MOST_ATTEMPTS = 5;
  private static final int REGISTERED_WORDS = 3;
  private static final long DAY_SECONDS = 86_400;

  /** A server that was stopped may have kept processes from saying that they live. */
  private static final long LEAST_LEASE_MILLIS = 3_000;

  private static final long LEASE_INTERVALS = 3;

  private final String prefix;
  private final RedisProcess process;
  private final long expireSeconds;
  private final long leaseMillis;

  /** The prefix of fields of the buffer file; null where the buffer is the heap. */
  private final String source;

  private final AbsentProcesses absent;

  /** By name, with their epochs: a visitor sees the same descriptor each time. */
  private final Map<String, Contents.Kept> known = new HashMap<>();

  private int beats;

  NativeLayout(final RedisOptions options, final RedisProcess process, final String source) {
    this.prefix = options.keyPrefix() + ':';
    this.process = process;
    this.source = source == null ? null : 'x' + source;
    this.expireSeconds = options.expireKeyTime().toSeconds();
    this.leaseMillis =
        Math.max(LEAST_LEASE_MILLIS, LEASE_INTERVALS * options.flushInterval().toMillis());
    this.absent = new AbsentProcesses(Duration.ofMillis(leaseMillis * 2));
  }

  private String catalog() {
    return prefix + "catalog";
  }

  private String processes() {
    return prefix + "processes";
  }

  private String data(final String family) {
    return prefix + '{' + family + '}';
  }

  @Override
  public void check(final FamilyDescriptor wanted) {
    // There is a place for everything.
  }

  @Override
  public List<Unit> units(final FamilyDescriptor family) {
    final String data = data(family.name());
    return List.of(new Unit(data, data + ":parcels"));
  }

  // ---- registering

  @Override
  public Registered register(final Link link, final FamilyDescriptor wanted, final String epoch)
      throws LinkException {
    String proposed = epoch;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      final List<?> reply = registerOnce(link, wanted, proposed);
      final FamilyDescriptor held = held(reply);
      final String how = text(reply.get(0));
      final String since = text(reply.get(2));
      final Hash hash = hash(link, held.name());
      if (epoch != null && hash.isUnregistered(epoch)) {
        return null;
      }
      final boolean overlaps = how.equals("overlap");
      final boolean same = !overlaps && held.sameSchema(wanted);
      // The catalog may have been lost, or gone back to an older state.
      final int order = overlaps ? 0 : hash.isOf(since);
      final boolean outlived = order > 0 || (order < 0 && how.equals("new"));
      if (hash.isUnregistered(since)) {
        proposed = later(hash.unregistered);
      } else if (outlived) {
        proposed = hash.epoch;
      } else if (same) {
        open(link, held.name(), since);
        return new Registered(held, since);
      } else if (hash.epoch == null && isOld(since)) {
        proposed = null; // it expired, and is in nobody's way
      } else {
        throw FamilyDescriptor.conflict(wanted, held, "in Redis, key " + data(held.name()));
      }
      one(link, Request.script(Script.FORGET, List.of(catalog()), words(held.name(), since)));
    }
    throw new RefusedException(
        new RedisError(
            "DAMAGED " + catalog() + " has an entry that stands in the way and cannot be removed"));
  }

  private FamilyDescriptor held(final List<?> reply) {
    if (reply.size() == REGISTERED_WORDS && reply.get(1) != null && reply.get(2) != null) {
      try {
        return DescriptorJson.read(text(reply.get(1)));
      } catch (final IllegalArgumentException damaged) {
        // said below
      }
    }
    throw new RefusedException(
        new RedisError("DAMAGED " + catalog() + " has an entry that is no description of it"));
  }

  private static String later(final String epoch) {
    try {
      return Long.toString(Long.parseLong(epoch) + 1);
    } catch (final NumberFormatException e) {
      return null;
    }
  }

  @Override
  public void prepare(final Link link, final RedisFamily family) {
    // The catalog has said all.
  }

  private List<?> registerOnce(final Link link, final FamilyDescriptor wanted, final String epoch)
      throws LinkException {
    final List<byte[]> arguments =
        words(
            wanted.name(),
            DescriptorJson.write(wanted),
            epoch == null ? "" : epoch,
            Long.toString(expireSeconds * 2));
    wanted.claimedNames().forEach(name -> arguments.add(Request.utf8(name)));
    return (List<?>) one(link, Request.script(Script.REGISTER, List.of(catalog()), arguments));
  }

  /**
   * What the hash of a metric says of itself.
   *
   * @param epoch whose values it has, or null if it has none
   * @param unregistered the last epoch that was unregistered, or null
   */
  private record Hash(String epoch, String unregistered) {
    boolean isUnregistered(final String one) {
      return unregistered != null && Numbers.compareWhole(unregistered, one) >= 0;
    }

    /** Below 0 if its values are of an earlier epoch, above if of a later one. */
    int isOf(final String one) {
      return epoch == null ? 0 : Numbers.compareWhole(epoch, one);
    }
  }

  private Hash hash(final Link link, final String family) throws LinkException {
    final List<?> both = (List<?>) one(link, Request.command("HMGET", data(family), "#", "-"));
    return new Hash(
        both.get(0) == null ? null : text(both.get(0)),
        both.get(1) == null ? null : text(both.get(1)));
  }

  /** Makes the hash, so that nobody takes the metric for one that expired. */
  private void open(final Link link, final String family, final String epoch) throws LinkException {
    final List<Request> requests = new ArrayList<>();
    requests.add(Request.command("HSETNX", data(family), "#", epoch));
    if (expireSeconds > 0) {
      requests.add(Request.command("EXPIRE", data(family), Long.toString(expireSeconds)));
    }
    for (final Object reply : link.run(requests)) {
      if (reply instanceof RedisError error) {
        throw new RefusedException(error);
      }
    }
  }

  /** Whether a metric was registered so long ago that its hash would be there by now. */
  private static boolean isOld(final String epoch) {
    try {
      final long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
      return micros - Long.parseLong(epoch) > TimeUnit.SECONDS.toMicros(2);
    } catch (final NumberFormatException e) {
      return true;
    }
  }

  private static Object one(final Link link, final Request request) throws LinkException {
    final Object reply = link.run(List.of(request)).get(0);
    if (reply instanceof RedisError error) {
      throw new RefusedException(error);
    }
    return reply;
  }

  @Override
  public boolean unregister(final Link link, final String family) throws LinkException {
    final Object epoch = one(link, Request.command("HGET", catalog(), "e:" + family));
    if (epoch == null) {
      return false;
    }
    final String stays = Long.toString(expireSeconds > 0 ? expireSeconds : DAY_SECONDS);
    one(link, Request.script(Script.RETIRE, List.of(data(family)), words(text(epoch), stays)));
    final Object forgotten =
        one(link, Request.script(Script.FORGET, List.of(catalog()), words(family, text(epoch))));
    return Long.valueOf(1).equals(forgotten);
  }

  // ---- writing

  @Override
  public Request heartbeat(final boolean leaving) {
    final boolean tidy = beats++ % 64 == 0;
    final String patience = tidy ? Long.toString(expireSeconds * 1000) : "0";
    return Request.script(
        Script.HEARTBEAT,
        List.of(processes()),
        words(
            process.id(),
            (leaving ? "-" : "") + process.pid(),
            patience,
            Long.toString(expireSeconds * 2)));
  }

  @Override
  public Request request(final Parcel parcel, final RedisFamily family) {
    final List<byte[]> arguments =
        words(
            family.sender(),
            Long.toString(parcel.number),
            Long.toString(parcel.acked()),
            family.epoch(),
            Long.toString(expireSeconds),
            Long.toString(expireSeconds + DAY_SECONDS));
    arguments.addAll(parcel.operations);
    return Request.script(
        Script.APPLY, List.of(parcel.unit.dataKey, parcel.unit.parcelsKey), arguments);
  }

  @Override
  public void settle(final Link link, final RedisFamily family) {
    // A series has one place.
  }

  @Override
  public Writing write(final RedisFamily family) {
    return new NativeWriting(family);
  }

  private final class NativeWriting implements Writing {
    private final ParcelWriter parcels;
    private final String gaugeCell;
    private final RedisFamily family;

    NativeWriting(final RedisFamily family) {
      this.family = family;
      this.parcels = new ParcelWriter(family.units().get(0));
      this.gaugeCell = family.hasParts() ? 'p' + process.id() : "c";
    }

    @Override
    public void create(final RedisSeries series) {
      parcels.operation("N", series.text, Long.toString(series.createdMillis));
    }

    @Override
    public void add(final RedisSeries series, final double amount) {
      parcels.operation("A", "c", series.text, Numbers.text(amount));
    }

    @Override
    public void set(final RedisSeries series, final double value) {
      parcels.operation("S", gaugeCell, series.text, Numbers.text(value));
    }

    @Override
    public void adjust(final RedisSeries series, final double amount) {
      parcels.operation("A", gaugeCell, series.text, Numbers.text(amount));
    }

    @Override
    public void unset(final RedisSeries series) {
      parcels.operation("D", gaugeCell, series.text);
    }

    @Override
    public void observe(final RedisSeries series, final long[] counts, final double sum) {
      parcels.operation("A", "s", series.text, Numbers.text(sum));
      for (int b = 0; b < counts.length; b++) {
        if (counts[b] != 0) {
          parcels.operation("I", "b" + b, series.text, Long.toString(counts[b]));
        }
      }
    }

    @Override
    public void total(final RedisSeries series, final double total) {
      parcels.operation("T", source, "c", series.text, Numbers.text(total));
    }

    @Override
    public void totals(final RedisSeries series, final long[] counts, final double sum) {
      long count = 0;
      for (int b = 0; b < counts.length; b++) {
        count += counts[b];
        if (counts[b] != 0) {
          parcels.operation("T", source, "b" + b, series.text, Long.toString(counts[b]));
        }
      }
      parcels.operation("U", source, series.text, Numbers.text(sum), Long.toString(count));
    }

    @Override
    public void baseline(final RedisSeries series, final double total) {
      parcels.operation("B", source, "c", series.text, Numbers.text(total));
    }

    @Override
    public void baselines(final RedisSeries series, final long[] counts, final double sum) {
      long count = 0;
      for (int b = 0; b < counts.length; b++) {
        count += counts[b];
        parcels.operation("B", source, "b" + b, series.text, Long.toString(counts[b]));
      }
      parcels.operation("B", source, "s", series.text, Numbers.text(sum) + ' ' + count);
    }

    @Override
    public void remove(final String labels) {
      parcels.operation(
          "R",
          labels,
          Integer.toString(family.descriptor().boundCount() + 1),
          family.hasParts() ? "1" : "0");
    }

    @Override
    public void clear() {
      parcels.operation("C");
    }

    @Override
    public void fold(final String labels, final String of) {
      final GaugeMode mode = family.descriptor().gaugeMode();
      parcels.operation("F", mode.name(), 'p' + of, labels);
    }

    @Override
    public List<Parcel> parcels() {
      return parcels.parcels();
    }
  }

  // ---- reading

  @Override
  public Contents read(final Link link, final Collection<RedisFamily> own) throws LinkException {
    final List<Object> shared =
        link.run(
            List.of(
                Request.command("HGETALL", catalog()),
                Request.command("HGETALL", processes()),
                Request.script(Script.NOW, List.of(processes()), List.of())));
    final Map<String, String> catalog = strings(shared.get(0));
    final Census census = census(strings(shared.get(1)), millis(shared.get(2)));
    absent.update(census);
    final Map<String, RedisFamily> mine = new HashMap<>();
    own.forEach(family -> mine.put(family.descriptor().name(), family));
    final List<String> names =
        catalog.keySet().stream()
            .filter(field -> field.startsWith("f:"))
            .map(field -> field.substring(2))
            .sorted()
            .toList();
    final Map<String, Contents.Kept> families = new TreeMap<>();
    for (int from = 0; from < names.size(); from += KEYS_AT_ONCE) {
      final List<String> some = names.subList(from, Math.min(names.size(), from + KEYS_AT_ONCE));
      final List<Object> replies =
          link.run(some.stream().map(n -> Request.command("HGETALL", data(n))).toList());
      for (int i = 0; i < some.size(); i++) {
        final String name = some.get(i);
        final Contents.Kept kept = family(name, catalog, replies.get(i), mine.get(name));
        if (kept != null) {
          families.put(name, kept);
        }
      }
    }
    known.keySet().retainAll(families.keySet());
    return new Contents(families, census);
  }

  private Contents.Kept family(
      final String name,
      final Map<String, String> catalog,
      final Object reply,
      final RedisFamily mine) {
    if (!(reply instanceof List<?> fields)) {
      return null; // refused; whoever writes to it says so
    }
    final String epoch = catalog.get("e:" + name);
    final boolean ours = mine != null && epoch != null && epoch.equals(mine.epoch());
    final FamilyDescriptor descriptor =
        ours ? mine.descriptor() : descriptor(name, epoch, catalog.get("f:" + name));
    if (descriptor == null) {
      return null;
    }
    final Map<String, Row> rows = rows(descriptor, epoch, fields);
    if (rows == null) {
      return null;
    }
    if (ours) {
      foldAbsent(mine, rows);
    }
    final Contents.Kept kept = new Contents.Kept(descriptor, epoch, rows);
    known.put(name, kept);
    return kept;
  }

  private FamilyDescriptor descriptor(final String name, final String epoch, final String json) {
    final Contents.Kept before = known.get(name);
    if (before != null && before.epoch().equals(epoch)) {
      return before.descriptor();
    }
    try {
      final FamilyDescriptor read = epoch == null ? null : DescriptorJson.read(json);
      return read == null || !read.name().equals(name) ? null : read;
    } catch (final IllegalArgumentException damaged) {
      return null;
    }
  }

  /** The rows in the order of their labels, or null if what is there is not of that epoch. */
  private Map<String, Row> rows(
      final FamilyDescriptor family, final String epoch, final List<?> fields) {
    final boolean parts = RedisFamily.hasParts(family);
    final int buckets = family.boundCount() + 1;
    final Map<String, Row> rows = new HashMap<>();
    String found = null;
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      final String field = text(fields.get(i));
      final byte[] value = (byte[]) fields.get(i + 1);
      final int space = field.indexOf(' ');
      if (space < 0) {
        if (field.equals("#")) {
          found = text(value);
        }
        continue;
      }
      final String cell = field.substring(0, space);
      final String rest = field.substring(space + 1);
      final boolean told = cell.equals(source);
      final int next = told ? rest.indexOf(' ') : -1;
      final Row row = cell.isEmpty() ? null : row(rows, rest.substring(next + 1), buckets, parts);
      if (row != null && told && next > 0) {
        tell(row, rest.substring(0, next), value);
      } else if (row != null && cell.charAt(0) != 'x') {
        load(row, cell, Numbers.number(value), parts);
      }
    }
    if (!epoch.equals(found)) {
      return null;
    }
    final String[] order = rows.keySet().toArray(new String[0]);
    Arrays.sort(order);
    final Map<String, Row> sorted = new LinkedHashMap<>();
    for (final String labels : order) {
      final Row row = rows.get(labels);
      if (row.hasValue || row.hasSum || !row.parts.isEmpty()) {
        sorted.put(labels, row);
      }
    }
    return sorted;
  }

  /** The row of a series, or null if its labels are none. */
  private static Row row(
      final Map<String, Row> rows, final String labels, final int buckets, final boolean parts) {
    return rows.computeIfAbsent(
        labels, text -> LabelText.isSound(text) ? new Row(buckets, parts) : null);
  }

  private static void tell(final Row row, final String cell, final byte[] value) {
    if (row.told == null) {
      row.told = new Row.Told(row.buckets.length);
    }
    final String words = text(value);
    final int space = words.indexOf(' ');
    final Double number =
        Numbers.number(space < 0 ? value : Request.utf8(words.substring(0, space)));
    if (number == null || cell.isEmpty()) {
      return;
    }
    switch (cell.charAt(0)) {
      case 'c' -> row.told.value = number;
      case 's' -> row.told.sum = number;
      default -> {
        final int bucket = Numbers.index(cell, 1);
        if (bucket >= 0 && bucket < row.buckets.length) {
          row.told.buckets[bucket] = number.longValue();
        }
      }
    }
  }

  private static void load(
      final Row row, final String cell, final Double value, final boolean parts) {
    if (value == null) {
      return; // damaged; whoever adds to it says so
    }
    switch (cell.charAt(0)) {
      case 'c' -> {
        row.value = value;
        row.hasValue = true;
      }
      case 's' -> {
        row.sum = value;
        row.hasSum = true;
      }
      case 't' -> row.createdMillis = value.longValue();
      case 'p' -> {
        if (parts) {
          row.parts.put(cell.substring(1), value);
        }
      }
      case 'b' -> {
        final int bucket = Numbers.index(cell, 1);
        if (bucket >= 0 && bucket < row.buckets.length) {
          row.buckets[bucket] = value.longValue();
        }
      }
      default -> {
        // of a later version
      }
    }
  }

  private void foldAbsent(final RedisFamily family, final Map<String, Row> rows) {
    if (!family.hasParts()) {
      return;
    }
    rows.forEach(
        (labels, row) -> {
          for (final String id : row.parts.keySet()) {
            if (!id.equals(process.id()) && absent.isLongGone(id)) {
              family.fold(labels, id);
            }
          }
        });
  }

  private Census census(final Map<String, String> beats, final long now) {
    final Map<String, String> pids = new HashMap<>();
    final Set<String> alive = new HashSet<>();
    beats.forEach(
        (id, beat) -> {
          final int space = beat.indexOf(' ');
          if (space > 0) {
            pids.put(id, beat.substring(space + 1));
            final Double at =
                Numbers.number(beat.substring(0, space).getBytes(StandardCharsets.US_ASCII));
            if (at != null && at > 0 && now - at.longValue() <= leaseMillis) {
              alive.add(id);
            }
          }
        });
    return new Census(pids, alive);
  }

  private static long millis(final Object time) {
    if (time instanceof List<?> both && both.size() == 2) {
      return Long.parseLong(text(both.get(0))) * 1000 + Long.parseLong(text(both.get(1))) / 1000;
    }
    return System.currentTimeMillis();
  }

  private static Map<String, String> strings(final Object reply) {
    if (reply instanceof RedisError error) {
      throw new RefusedException(error);
    }
    final Map<String, String> map = new HashMap<>();
    final List<?> words = (List<?>) reply;
    for (int i = 0; i + 1 < words.size(); i += 2) {
      map.put(text(words.get(i)), text(words.get(i + 1)));
    }
    return map;
  }

  private static String text(final Object word) {
    return new String((byte[]) word, StandardCharsets.UTF_8);
  }

  private static List<byte[]> words(final String... texts) {
    final List<byte[]> words = new ArrayList<>();
    for (final String text : texts) {
      words.add(Request.utf8(text));
    }
    return words;
  }
}
