package io.narthex.stress.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** A way to damage a reply. */
enum Wound {
  /** A part of it, and then the end of the connection. */
  CUT(true),
  /** The end of the connection in its place. */
  LOST(true),
  /** It never comes, and the connection stays open. */
  STALLED(false),
  LATE(false),
  ERROR(false),
  NIL(false),
  EMPTY_TEXT(false),
  EMPTY_LIST(false),
  NUMBER(false),
  STATUS(false),
  /** A list in a list in a list, with no end. */
  NESTED(true),
  HUGE_TEXT(false),
  HUGE_LIST(false),
  NEGATIVE_LENGTH(false),
  NO_PROTOCOL(true),

  // What follows may be taken for another reply.

  FLIPPED(false),
  OTHER_DIGITS(false),
  TWICE(false);

  /** Those by which a reply becomes no reply that the request could have. */
  static final Set<Wound> EVIDENT = EnumSet.range(CUT, NO_PROTOCOL);

  /** Those by which it may become another reply, that nobody can tell from a true one. */
  static final Set<Wound> SILENT = EnumSet.range(FLIPPED, TWICE);

  private static final int NESTED_LISTS = 100_000;
  private static final String[] ERRORS = {
    "LOADING Redis is loading the dataset in memory",
    "READONLY You can't write against a read only replica.",
    "NOAUTH Authentication required.",
    "NOPERM this user has no permissions to run the 'evalsha' command",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
    "NOSCRIPT No matching script. Please use EVAL.",
    "MOVED 3999 127.0.0.1:1",
    "ASK 3999 127.0.0.1:1",
    "MOVED",
    "ASK x y",
    "CLUSTERDOWN The cluster is down",
    "TRYAGAIN Multiple keys request during rehashing of slot",
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to",
    "WRONGTYPE Operation against a key holding the wrong kind of value",
    "ERR unknown command",
    "ERR",
    ""
  };
  private static final int[] HUGE = {
    Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1_000_000_000, 100_000_000
  };

  private final boolean last;

  Wound(final boolean last) {
    this.last = last;
  }

  /** Whether the connection has to end with it. */
  boolean isLast() {
    return last;
  }

  /** What is sent in place of a reply. */
  byte[] instead(final byte[] reply, final Random random) {
    return switch (this) {
      case CUT -> Arrays.copyOf(reply, random.nextInt(reply.length));
      case LOST, STALLED -> new byte[0];
      case LATE -> reply;
      case ERROR -> ascii('-' + ERRORS[random.nextInt(ERRORS.length)] + "\r\n");
      case NIL -> ascii(random.nextBoolean() ? "$-1\r\n" : "*-1\r\n");
      case EMPTY_TEXT -> ascii("$0\r\n\r\n");
      case EMPTY_LIST -> ascii("*0\r\n");
      case NUMBER -> ascii(":" + random.nextInt(3) + "\r\n");
      case STATUS -> ascii("+OK\r\n");
      case NESTED -> ascii("*1\r\n".repeat(NESTED_LISTS));
      case HUGE_TEXT -> ascii("$" + HUGE[random.nextInt(HUGE.length)] + "\r\n");
      case HUGE_LIST -> ascii("*" + HUGE[random.nextInt(HUGE.length)] + "\r\n");
      case NEGATIVE_LENGTH -> ascii((random.nextBoolean() ? "$-" : "*-") + "7\r\n");
      case NO_PROTOCOL -> ascii("HTTP/1.1 400 Bad Request\r\n\r\n");
      case FLIPPED -> flipped(reply, random);
      case OTHER_DIGITS -> otherDigits(reply, random);
      case TWICE -> ascii(latin(reply) + latin(reply));
    };
  }

  private static byte[] flipped(final byte[] reply, final Random random) {
    final byte[] flipped = reply.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return flipped;
  }

  private static byte[] otherDigits(final byte[] reply, final Random random) {
    final byte[] other = reply.clone();
    for (int i = 0; i < other.length; i++) {
      if (other[i] >= '0' && other[i] <= '9' && random.nextInt(4) == 0) {
        other[i] = (byte) ('0' + random.nextInt(10));
      }
    }
    return other;
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String latin(final byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
