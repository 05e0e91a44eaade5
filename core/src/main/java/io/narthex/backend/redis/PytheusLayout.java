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
    return PythonText.isWhole(bound) ? PythonText.wholeNumber(bound) : PythonText.number(bound);
  }

  // ---- registering

  @Override
  public Registered register(final Link link, final FamilyDescriptor wanted, final String epoch)
      throws LinkException {
    for (final PytheusFamily other : families.values()) {
      if (other.key().equals(wanted.givenName()) && !other.isOf(wanted)) {
        throw new MetricConflictException(
            "cannot register "
                + wanted
                + ": in the layout pytheus it has the key "
                + wanted.givenName()
                + ", which "
                + other.descriptor()
                + " has already; choose another name");
      }
    }
    families.computeIfAbsent(wanted.name(), name -> new PytheusFamily(wanted));
    return new Registered(wanted, EPOCH);
  }

  @Override
  public void prepare(final Link link, final RedisFamily family) throws LinkException {
    final PytheusFamily known = families.get(family.descriptor().name());
    known.units(family.units());
    known.chooseSpellings(link);
    rows(known, family, link.run(known.requests()));
    for (final Unit unit : family.units()) {
      unit.parcelsKey = parcels(unit.dataKey);
    }
  }

  @Override
  public boolean unregister(final Link link, final String family) throws LinkException {
    final PytheusFamily known = families.remove(family);
    if (known == null) {
      return false;
    }
    final List<Request> requests = new ArrayList<>();
    for (final Request read : known.requests()) {
      requests.add(Request.command("DEL", read.keys.get(0)));
    }
    link.run(requests);
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
            Long.toString(parcel.ackedBefore),
            Long.toString(expireSeconds),
            Long.toString(expireSeconds + DAY_SECONDS),
            families.get(family.descriptor().name()).isLabelled() ? "hash" : "string")) {
      arguments.add(Request.utf8(word));
    }
    arguments.addAll(parcel.operations);
    return Request.script(
        Script.APPLY_PYTHEUS, List.of(parcel.unit.dataKey, parcel.unit.parcelsKey), arguments);
  }

  @Override
  public Writing write(final RedisFamily family) {
    return new PytheusWriting(families.get(family.descriptor().name()), family.units());
  }

  // ---- reading

  @Override
  public Contents read(final Link link, final Collection<RedisFamily> own) throws LinkException {
    final List<Request> requests = new ArrayList<>();
    final List<PytheusFamily> those = new ArrayList<>();
    final List<RedisFamily> theirs = new ArrayList<>();
    for (final RedisFamily family : own) {
      final PytheusFamily known = families.get(family.descriptor().name());
      if (known != null && family.isRegistered()) {
        those.add(known);
        theirs.add(family);
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
      final int count = known.requests().size();
      final Map<String, Row> rows = rows(known, theirs.get(i), replies.subList(at, at + count));
      at += count;
      final FamilyDescriptor descriptor = theirs.get(i).descriptor();
      kept.put(descriptor.name(), new Contents.Kept(descriptor, EPOCH, rows));
    }
    return new Contents(kept, Census.EMPTY);
  }

  private static Map<String, Row> rows(
      final PytheusFamily known, final RedisFamily family, final List<Object> replies) {
    final PytheusRows rows = new PytheusRows(known, family);
    for (int i = 0; i < replies.size(); i++) {
      final Object reply = replies.get(i);
      if (reply instanceof byte[] value) {
        rows.add(known.unitOf(i), "", value);
      } else if (reply instanceof List<?> fields) {
        for (int f = 0; f + 1 < fields.size(); f += 2) {
          final String field = new String((byte[]) fields.get(f), StandardCharsets.UTF_8);
          rows.add(known.unitOf(i), field, (byte[]) fields.get(f + 1));
        }
      }
    }
    return rows.sorted();
  }
}
