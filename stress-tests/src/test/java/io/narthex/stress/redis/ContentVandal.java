package io.narthex.stress.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import redis.clients.jedis.Jedis;

/** Writes garbage between what backends keep in a server, and tells which keys it touched. */
final class ContentVandal {
  private static final String[] GARBAGE = {
    "",
    " ",
    "\0",
    "x",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "-1",
    "0x10",
    "1_000",
    "9223372036854775808",
    "99999999999999999999999999",
    "1 2 3",
    "\u00ff\u00fe",
    "[]",
    "{}",
    "null",
    "{\"a\":",
    "{\"kind\": [1]}",
    "{\"kind\": null}",
    "{\"kind\": \"a\"}",
    "{\"kind\": \"a\\ud800\"}",
    "{\"kind\": \"a\", \"kind\": \"b\"}",
    "kind=\"a\"",
    "c kind=\"a\"",
    "c kind=\"a",
    "b9999999999 kind=\"a\"",
    "p kind=\"a\"",
    "f:",
    "f:hits",
    "e:hits",
    "n:",
    "#",
    "-",
    "@",
    "!"
  };

  private final Jedis client;
  private final Random random;
  private final Set<String> touched = new HashSet<>();

  ContentVandal(final Jedis client, final Random random) {
    this.client = client;
    this.random = random;
  }

  /** Damages some of what is there; the keys, with the field where only that was damaged. */
  Set<String> vandalise() {
    final List<byte[]> keys = new ArrayList<>(client.keys("*".getBytes(StandardCharsets.UTF_8)));
    keys.sort(Comparator.comparing(ContentVandal::text));
    final int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      final byte[] key = keys.get(random.nextInt(keys.size()));
      final boolean hash = client.type(key).equals("hash");
      if (hash && random.nextInt(6) > 0) {
        field(key);
      } else {
        key(key);
      }
    }
    return touched;
  }

  private void key(final byte[] key) {
    touched.add(text(key));
    client.del(key);
    switch (random.nextInt(5)) {
      case 0 -> client.set(key, garbage());
      case 1 -> client.rpush(key, garbage());
      case 2 -> client.sadd(key, garbage());
      case 3 -> client.hset(key, garbage(), garbage());
      default -> {
        // gone
      }
    }
  }

  private void field(final byte[] key) {
    final Map<byte[], byte[]> all = client.hgetAll(key);
    if (all.isEmpty()) {
      return; // what was damaged before is no hash any more
    }
    final List<byte[]> fields = new ArrayList<>(all.keySet());
    fields.sort(Comparator.comparing(ContentVandal::text));
    final byte[] field =
        random.nextInt(4) == 0 ? garbage() : fields.get(random.nextInt(fields.size()));
    final byte[] value =
        all.entrySet().stream()
            .filter(entry -> Arrays.equals(entry.getKey(), field))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(new byte[0]);
    touched.add(text(key) + ' ' + text(field));
    switch (random.nextInt(6)) {
      case 0 -> client.hdel(key, field);
      case 1 -> client.hset(key, field, Arrays.copyOf(value, value.length / 2));
      case 2, 3 -> client.hset(key, field, flipped(value));
      default -> client.hset(key, field, garbage());
    }
  }

  private byte[] flipped(final byte[] value) {
    final byte[] flipped = value.length == 0 ? new byte[1] : value.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return flipped;
  }

  private byte[] garbage() {
    return GARBAGE[random.nextInt(GARBAGE.length)].getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(final byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
