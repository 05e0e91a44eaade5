package io.narthex.backend.redis;

import io.narthex.GaugeMode;
import io.narthex.MetricConflictException;
import io.narthex.NarthexException;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The layout of Python's pytheus 0.6.1, as its {@code MultiProcessRedisBackend} writes it: one key
 * for each number of a metric, none of them with a registry's prefix.
 *
 * <pre>
 *   counter, gauge  NAME
 *   summary         NAME:sum  NAME:count
 *   histogram       NAME:LE for each bound, NAME:+Inf, cumulative  NAME:sum  NAME:count
 * </pre>
 *
 * <p>A key is a string, or, of a metric with labels, a hash by {@code json.dumps} of the labels.
 * Nothing says which metrics there are, so a process exports those that it registered.
 */
final class PytheusLayout implements StoreLayout {
  private static final String EPOCH = "0";
  private static final long DAY_SECONDS = 86_400;
  private static final int KEYS_AT_ONCE = 500;

  private final String prefix;
  private final long expireSeconds;
  private final Map<String, PytheusFamily> families = new ConcurrentHashMap<>();

  PytheusLayout(final RedisOptions options) {
    this.prefix = options.keyPrefix() + ":{";
    this.expireSeconds = options.expireKeyTime().toSeconds();
  }

  @Override
  public void check(final FamilyDescriptor wanted) {
    final MetricType type = wanted.type();
    final boolean fits =
        type != MetricType.INFO
            && type != MetricType.STATESET
            && (wanted.gaugeMode() == GaugeMode.SHARED
                || wanted.gaugeMode() == GaugeMode.MOST_RECENT);
    if (!fits) {
      throw new NarthexException(
          "cannot register "
              + wanted
              + ": the layout pytheus has a place for counters, histograms, summaries, and gauges"
              + " of the modes SHARED and MOST_RECENT; use one of these, or the layout native");
    }
  }

  @Override
  public List<Unit> units(final FamilyDescriptor family) {
    final String key = family.givenName();
    final List<Unit> units = new ArrayList<>();
    switch (family.type()) {
      case HISTOGRAM -> {
        for (int i = 0; i < family.boundCount(); i++) {
          units.add(unit(key + ':' + defaultSpelling(family.bound(i))));
        }
        units.add(unit(key + ":+Inf"));
        units.add(unit(key + ":sum"));
        units.add(unit(key + ":count"));
      }
      case SUMMARY -> {
        units.add(unit(key + ":sum"));
        units.add(unit(key + ":count"));
      }
      default -> units.add(unit(key));
    }
    return units;
  }

  private Unit unit(final String key) {
    return new Unit(key, parcels(key));
  }

  private String parcels(final String key) {
    return prefix + key + "}:parcels";
  }

  /** As pytheus's own default buckets are written: whole bounds as ints. */
  static String defaultSpelling(final double bound) {
    return PythonText.isWhole(bound) && Math.abs(bound) < PythonText.LARGE
        ? PythonText.wholeNumber(bound)
        : PythonText.number(bound);
  }

  // ---- registering

  @Override
  public Registered register(final Link link, final FamilyDescriptor wanted, final String epoch)
      throws LinkException {
    for (final PytheusFamily other : families.values()) {
      final String shared = other.isOf(wanted) ? null : sharedKey(other.descriptor(), wanted);
      if (shared != null) {
        throw new MetricConflictException(
            "cannot register "
                + wanted
                + ": in the layout pytheus it has the key "
                + shared
                + ", which "
                + other.descriptor()
                + " has already; choose another name");
      }
    }
    families.computeIfAbsent(wanted.name(), name -> new PytheusFamily(wanted));
    return new Registered(wanted, EPOCH);
  }

  /** Prefixes are in no key, and a name may have a colon of its own. */
  private String sharedKey(final FamilyDescriptor one, final FamilyDescriptor other) {
    if (one.givenName().equals(other.givenName())) {
      return one.givenName();
    }
    final List<String> taken = units(one).stream().map(unit -> unit.dataKey).toList();
    return units(other).stream()
        .map(unit -> unit.dataKey)
        .filter(taken::contains)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void prepare(final Link link, final RedisFamily family) throws LinkException {
    final PytheusFamily known = families.get(family.descriptor().name());
    known.fields().forget();
    known.meet(family);
    known.units(family.units());
    known.chooseSpellings(link);
    for (final Unit unit : family.units()) {
      unit.parcelsKey = parcels(unit.dataKey);
    }
  }

  @Override
  public boolean unregister(final Link link, final String family) throws LinkException {
    final PytheusFamily known = families.get(family);
    if (known == null) {
      return false;
    }
    final List<Request> requests = new ArrayList<>();
    known.places().forEach(place -> requests.add(Request.command("DEL", place.key())));
    for (final Object reply : link.run(requests)) {
      if (reply instanceof RedisError error) {
        throw new RefusedException(error);
      }
    }
    families.remove(family, known);
    return true;
  }

  @Override
  public Request heartbeat(final boolean leaving) {
    return null;
  }

  // ---- writing

  @Override
  public Request request(final Parcel parcel, final RedisFamily family) {
    final List<byte[]> arguments = new ArrayList<>();
    for (final String word :
        List.of(
            family.sender(),
            Long.toString(parcel.number),
            Long.toString(parcel.acked()),
            Long.toString(expireSeconds),
            Long.toString(expireSeconds + DAY_SECONDS),
            families.get(family.descriptor().name()).fields().areLabelled() ? "hash" : "string")) {
      arguments.add(Request.utf8(word));
    }
    arguments.addAll(parcel.operations);
    return Request.script(
        Script.APPLY_PYTHEUS, List.of(parcel.unit.dataKey, parcel.unit.parcelsKey), arguments);
  }

  @Override
  public void settle(final Link link, final RedisFamily family) throws LinkException {
    final PytheusFamily known = families.get(family.descriptor().name());
    known.meet(family);
    final PytheusFields fields = known.fields();
    if (!fields.areLabelled() || !family.isPendingAnew(fields::isKnown)) {
      return;
    }
    final Object reply = link.run(List.of(known.fieldsRequest())).get(0);
    if (reply instanceof List<?> names) {
      names.forEach(name -> fields.text(new String((byte[]) name, StandardCharsets.UTF_8)));
    } // else refused, and so will be the parcel, which says so
  }

  @Override
  public Writing write(final RedisFamily family) {
    return new PytheusWriting(families.get(family.descriptor().name()).fields(), family.units());
  }

  // ---- reading

  @Override
  public Contents read(final Link link, final Collection<RedisFamily> own) throws LinkException {
    final List<Request> requests = new ArrayList<>();
    final List<PytheusFamily> those = new ArrayList<>();
    final List<RedisFamily> theirs = new ArrayList<>();
    final List<Integer> counts = new ArrayList<>();
    for (final RedisFamily family : own) {
      final PytheusFamily known = families.get(family.descriptor().name());
      if (known != null && family.isRegistered()) {
        known.meet(family);
        those.add(known);
        theirs.add(family);
        counts.add(known.places().size());
        requests.addAll(known.requests());
      }
    }
    final List<Object> replies = new ArrayList<>();
    for (int from = 0; from < requests.size(); from += KEYS_AT_ONCE) {
      replies.addAll(
          link.run(requests.subList(from, Math.min(requests.size(), from + KEYS_AT_ONCE))));
    }
    final Map<String, Contents.Kept> kept = new TreeMap<>();
    int at = 0;
    for (int i = 0; i < those.size(); i++) {
      final PytheusFamily known = those.get(i);
      final List<Object> its = replies.subList(at, at + counts.get(i));
      at += counts.get(i);
      if (its.stream().anyMatch(RedisError.class::isInstance)) {
        continue; // what was read before stands; whoever writes to it says so
      }
      final Map<String, Row> rows = rows(known, its);
      final RedisFamily family = theirs.get(i);
      known.fields().retain(rows.keySet(), family.series().keySet());
      kept.put(family.descriptor().name(), new Contents.Kept(family.descriptor(), EPOCH, rows));
    }
    return new Contents(kept, Census.EMPTY);
  }

  private static Map<String, Row> rows(final PytheusFamily known, final List<Object> replies) {
    final PytheusRows rows = new PytheusRows(known);
    for (int i = 0; i < replies.size(); i++) {
      final Object reply = replies.get(i);
      if (reply instanceof byte[] value) {
        rows.add(known.places().get(i).unit(), "", value);
      } else if (reply instanceof List<?> fields) {
        for (int f = 0; f + 1 < fields.size(); f += 2) {
          final String field = new String((byte[]) fields.get(f), StandardCharsets.UTF_8);
          rows.add(known.places().get(i).unit(), field, (byte[]) fields.get(f + 1));
        }
      }
    }
    return rows.sorted();
  }
}
