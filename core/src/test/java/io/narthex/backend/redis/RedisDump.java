package io.narthex.backend.redis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;

/** Brings what pytheus left into a server, and looks at what is there afterwards. */
final class RedisDump {
  private RedisDump() {}

  /** Loads a file of the resources beside this class. */
  static void load(final String name, final Jedis client) {
    final JsonObject keys;
    try (InputStream in = RedisDump.class.getResourceAsStream("pytheus/" + name)) {
      keys =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonObject();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    for (final Map.Entry<String, JsonElement> each : keys.entrySet()) {
      final JsonElement value = each.getValue().getAsJsonObject().get("value");
      if (value.isJsonPrimitive()) {
        client.set(each.getKey(), value.getAsString());
      } else {
        for (final JsonElement field : value.getAsJsonArray()) {
          final JsonArray pair = field.getAsJsonArray();
          client.hset(each.getKey(), pair.get(0).getAsString(), pair.get(1).getAsString());
        }
      }
    }
  }

  /** All keys that pytheus could know of. */
  static Set<String> keys(final Jedis client) {
    final Set<String> keys = new TreeSet<>(client.keys("*"));
    keys.removeIf(key -> key.startsWith("narthex:"));
    return keys;
  }

  /** All that pytheus could see: values by key, or by key, a space and the field. */
  static Map<String, String> of(final Jedis client) {
    final Map<String, String> all = new TreeMap<>();
    for (final String key : keys(client)) {
      if (client.type(key).equals("string")) {
        all.put(key, client.get(key));
      } else {
        client.hgetAll(key).forEach((field, value) -> all.put(key + ' ' + field, value));
      }
    }
    return all;
  }
}
