package io.narthex.backend.redis;

import java.util.Locale;

/** What a server replied instead of carrying a request out. */
record RedisError(String message) {
  /** The first word, such as {@code WRONGTYPE}, which tells errors apart. */
  String kind() {
    final int within = message.startsWith("ERR Error running script") ? inner() : 0;
    return kind(message.substring(within));
  }

  /**
   * Servers before version 7 say in the middle why a script failed: {@code ...: -OOM command ...}.
   */
  private int inner() {
    return message.lastIndexOf(": -") < 0 ? 0 : message.lastIndexOf(": -") + 3;
  }

  private static String kind(final String message) {
    final int end = message.indexOf(' ');
    final String word = end < 0 ? message : message.substring(0, end);
    return word.equals(word.toUpperCase(Locale.ROOT)) ? word : "ERR";
  }

  /** Whether a server said so, and not the network. */
  boolean isOfServer() {
    return !kind().equals("ERR");
  }

  /** Whether the server does not know a script that was named by its digest. */
  boolean isUnknownScript() {
    return message.startsWith("NOSCRIPT");
  }

  /** What whoever runs the service can do about it. */
  String advice() {
    return switch (kind()) {
      case "WRONGTYPE" ->
          "another program keeps something else under that key; rename the metric, or delete the"
              + " key";
      case "NOAUTH", "WRONGPASS" -> "correct user and password in the address";
      case "NOPERM" ->
          "let the user run EVAL, EVALSHA, HGETALL, HGET, HMGET, HSET, HSETNX, HDEL, HEXISTS, HKEYS, HINCRBY,"
              + " HINCRBYFLOAT, INCRBYFLOAT, GET, SET, DEL, EXISTS, EXPIRE, TYPE, TIME and INFO on"
              + " these keys";
      case "READONLY" -> "the server is a replica; connect to its master";
      case "OOM" -> "give the server more memory (maxmemory), or fewer series";
      case "MISCONF" -> "the server cannot write its snapshot; look into its log";
      case "LOADING" -> "the server reads its data; this passes";
      case "NODEDOWN", "MASTERDOWN", "CLUSTERDOWN", "NOREPLICAS", "TRYAGAIN" ->
          "the cluster is not complete; bring its nodes back";
      case "DAMAGED" -> "delete what is damaged";
      case "MOVED", "ASK" -> "the cluster moves its slots; this passes";
      default -> "look up that message in the server's documentation";
    };
  }
}
