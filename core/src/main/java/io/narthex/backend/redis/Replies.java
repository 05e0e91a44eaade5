package io.narthex.backend.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is said to a server in words, and what it answers in words. */
final class Replies {
  private Replies() {}

  /** Sends one request whose refusal ends what it is for. */
  static Object one(final Link link, final Request request) throws LinkException {
    final Object reply = link.run(List.of(request)).get(0);
    if (reply instanceof RedisError error) {
      throw new RefusedException(error);
    }
    return reply;
  }

  /** A hash. */
  static Map<String, String> map(final Object reply) {
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

  static String text(final Object word) {
    return new String((byte[]) word, StandardCharsets.UTF_8);
  }

  static List<byte[]> words(final String... texts) {
    final List<byte[]> words = new ArrayList<>();
    for (final String text : texts) {
      words.add(Request.utf8(text));
    }
    return words;
  }
}
