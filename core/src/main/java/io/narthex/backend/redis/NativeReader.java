package io.narthex.backend.redis;

import io.narthex.backend.FamilyDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads all metrics of the native layout, whoever made them. By the courier alone. */
final class NativeReader {
  private static final int KEYS_AT_ONCE = 100;

  private final NativeKeys keys;
  private final String process;

  /** The prefix of fields of the buffer file; null where the buffer is the heap. */
  private final String source;

  private final long leaseMillis;
  private final AbsentProcesses absent;

  /** By name, with their epochs: a visitor sees the same descriptor each time. */
  private final Map<String, Contents.Kept> known = new HashMap<>();

  NativeReader(
      final NativeKeys keys,
      final String process,
      final String source,
      final long leaseMillis,
      final AbsentProcesses absent) {
    this.keys = keys;
    this.process = process;
    this.source = source;
    this.leaseMillis = leaseMillis;
    this.absent = absent;
  }

  /** See {@link StoreLayout#read}. */
  Contents read(final Link link, final Collection<RedisFamily> own) throws LinkException {
    final List<Object> shared =
        link.run(
            List.of(
                Request.command("HGETALL", keys.catalog()),
                Request.command("HGETALL", keys.processes()),
                Request.script(Script.NOW, List.of(keys.processes()), List.of())));
    final Map<String, String> catalog = Replies.map(shared.get(0));
    final Census census = census(Replies.map(shared.get(1)), millis(shared.get(2)));
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
          link.run(some.stream().map(n -> Request.command("HGETALL", keys.data(n))).toList());
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
      final String field = Replies.text(fields.get(i));
      final byte[] value = (byte[]) fields.get(i + 1);
      final int space = field.indexOf(' ');
      if (space < 0) {
        if (field.equals("#")) {
          found = Replies.text(value);
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
    final String words = Replies.text(value);
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
            if (!id.equals(process) && absent.isLongGone(id)) {
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
      return Long.parseLong(Replies.text(both.get(0))) * 1000
          + Long.parseLong(Replies.text(both.get(1))) / 1000;
    }
    return System.currentTimeMillis();
  }
}
