package io.narthex.backend;

import io.narthex.NarthexException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options of a backend that is made from outside, for its {@code fromConfig}: read by type, and
 * refused with a message that a person can act on. Immutable; safe for use by any number of
 * threads.
 *
 * <pre>{@code
 * public static MyBackend fromConfig(Map<String, ?> options) {
 *   Config config = Config.of(MyBackend.class, options, "path", "size");
 *   String path = config.string("path").orElseThrow(config.missing("path"));
 *   long size = config.size("size").orElse(1L << 20);
 *   ...
 * }
 * }</pre>
 *
 * <p>A value may be of its own type or a text that means it, as values come from JSON and from code
 * alike. One that is null counts as not given. A key is written in {@code snake_case}; the {@code
 * camelCase} of it, as builders have it, is taken for the same. All messages name the backend and
 * the option, and show the value unless the key tells that it is secret ({@code password}, {@code
 * secret}, {@code token}); the password in a URI is left out.
 */
public final class Config {
  private static final Pattern PASSWORD_IN_URI = Pattern.compile("(://[^:/?#]*:)[^/?#]*@");
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final String backend;
  private final List<String> known;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Config(final String backend, final List<String> known) {
    this.backend = backend;
    this.known = known;
  }

  /**
   * Takes options, and refuses those that nobody knows.
   *
   * @param backend whose options they are, for messages
   * @param options what was given
   * @param known the keys of all options that there are, in {@code snake_case}
   * @return the options
   * @throws NarthexException if a key is none of those, or is given in both ways of writing
   */
  public static Config of(
      final Class<?> backend, final Map<String, ?> options, final String... known) {
    Objects.requireNonNull(options, "options");
    final Config config = new Config(backend.getSimpleName(), List.of(known));
    // Not entrySet(): a map that was built without generics may have keys of any type.
    for (final Map.Entry<?, ?> option : ((Map<?, ?>) options).entrySet()) {
      config.put(String.valueOf(option.getKey()), option.getValue());
    }
    return config;
  }

  private void put(final String given, final Object value) {
    final String key = known.contains(given) ? given : snakeCase(given);
    if (!known.contains(key)) {
      throw new NarthexException(
          backend
              + " has no option \""
              + Excerpt.of(given)
              + '"'
              + Nearest.question(key, known)
              + (known.isEmpty() ? "; it has none at all" : "; it has: " + Excerpt.of(known)));
    }
    if (value == null) {
      return;
    }
    if (values.put(key, value) != null) {
      throw new NarthexException(
          "option \"" + key + "\" of " + backend + " is given twice, once as \"" + given + '"');
    }
  }

  private static String snakeCase(final String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether an option was given.
   *
   * @param key one of the known keys
   * @return false also if it was given as null
   */
  public boolean has(final String key) {
    return value(key) != null;
  }

  /**
   * What to throw where an option has to be given: {@code
   * string("path").orElseThrow(missing("path"))}.
   *
   * @param key one of the known keys
   * @return makes the exception, which names backend and option
   */
  public Supplier<NarthexException> missing(final String key) {
    value(key);
    return () -> new NarthexException(backend + " needs the option \"" + key + '"');
  }

  /**
   * What to throw where an option's value is of the right type and yet will not do, such as a
   * number out of its range.
   *
   * @param key one of the known keys, whose value was given
   * @param expected what would do, to follow "expected", such as {@code a port from 1 to 65535}
   * @return the exception, which names backend, option and value
   */
  public NarthexException refused(final String key, final String expected) {
    return refused(key, expected, null);
  }

  private NarthexException refused(final String key, final String expected, final Throwable cause) {
    return new NarthexException(
        "option \""
            + key
            + "\" of "
            + backend
            + " is "
            + shown(key, value(key))
            + "; expected "
            + expected,
        cause);
  }

  /**
   * A text.
   *
   * @param key one of the known keys
   * @return a string as it is, anything else as text: a number, a boolean, a path
   * @throws NarthexException if it is a list, a map or an array
   */
  public Optional<String> string(final String key) {
    final Object value = value(key);
    if (value != null && !isScalar(value)) {
      throw refused(key, "a text");
    }
    return Optional.ofNullable(value).map(Object::toString);
  }

  /**
   * A whole number.
   *
   * @param key one of the known keys
   * @return the number; {@code 2.0} is whole, too
   * @throws NarthexException if it is none, or does not fit an {@code int}
   */
  public Optional<Integer> integer(final String key) {
    return read(key, "a whole number", value -> decimal(value).intValueExact());
  }

  /**
   * A number.
   *
   * @param key one of the known keys
   * @return the number, finite
   * @throws NarthexException if it is none
   */
  public Optional<Double> number(final String key) {
    final String expected = "a number";
    final Optional<Double> number = read(key, expected, value -> decimal(value).doubleValue());
    if (number.isPresent() && number.get().isInfinite()) {
      throw refused(key, expected + " below 1e308");
    }
    return number;
  }

  /**
   * A choice of two.
   *
   * @param key one of the known keys
   * @return of {@code true}, {@code false}, {@code 1} or {@code 0}
   * @throws NarthexException if it is anything else
   */
  public Optional<Boolean> bool(final String key) {
    return read(
        key,
        "true or false",
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw new IllegalArgumentException(value);
            });
  }

  /**
   * A size in bytes: a whole number, or one with {@code k}, {@code m} or {@code g} behind it, as
   * the JVM's own flags have them.
   *
   * @param key one of the known keys
   * @return the number of bytes: of {@code 4m} 4,194,304
   * @throws NarthexException if it is none, or negative
   */
  public Optional<Long> size(final String key) {
    return read(key, "a number of bytes, such as 4194304 or \"4m\"", Config::bytes);
  }

  private static long bytes(final String text) {
    final int last = text.length() - 1;
    final int shift =
        switch (text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(last))) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          default -> 0;
        };
    final BigDecimal number = decimal(shift == 0 ? text : text.substring(0, last));
    final long bytes = number.multiply(BigDecimal.valueOf(1L << shift)).longValueExact();
    if (bytes < 0) {
      throw new IllegalArgumentException(text);
    }
    return bytes;
  }

  /**
   * A span of time in seconds.
   *
   * @param key one of the known keys
   * @return the span, not negative, to the nanosecond: of {@code 0.25} 250 ms
   * @throws NarthexException if it is no number, negative, or beyond 292 years
   */
  public Optional<Duration> seconds(final String key) {
    return read(
        key,
        "a number of seconds, such as 0.5",
        value -> {
          final BigDecimal seconds = decimal(value);
          if (seconds.signum() < 0
              || seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            throw new IllegalArgumentException(value);
          }
          return Duration.ofNanos(
              seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact());
        });
  }

  /**
   * One of several names.
   *
   * @param key one of the known keys
   * @param choices the enum that has them; case does not matter, and {@code -} is as good as {@code
   *     _}
   * @param <E> the enum's type
   * @return the choice
   * @throws NarthexException if it is none of them
   */
  public <E extends Enum<E>> Optional<E> oneOf(final String key, final Class<E> choices) {
    final E[] all = choices.getEnumConstants();
    return read(
        key,
        Arrays.stream(all)
            .map(choice -> choice.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of: ", "")),
        value -> {
          for (final E choice : all) {
            if (choice.name().equalsIgnoreCase(value.replace('-', '_'))) {
              return choice;
            }
          }
          throw new IllegalArgumentException(value);
        });
  }

  private <T> Optional<T> read(
      final String key, final String expected, final Function<String, T> reading) {
    final Object value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!isScalar(value)) {
      throw refused(key, expected);
    }
    try {
      return Optional.of(reading.apply(value.toString().strip()));
    } catch (final IllegalArgumentException | ArithmeticException e) {
      throw refused(key, expected, e);
    }
  }

  /** Exact, and bounded: an exponent of a billion would take the memory of as many digits. */
  private static BigDecimal decimal(final String text) {
    final BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.precision() - number.scale()) > 400 || number.scale() > 400) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private Object value(final String key) {
    if (!known.contains(key)) {
      throw new IllegalArgumentException('"' + key + "\" is none of the keys " + known);
    }
    return values.get(key);
  }

  /** Lists and objects of JSON, and arrays of callers, mean no single value. */
  private static boolean isScalar(final Object value) {
    return !(value instanceof Map<?, ?>
        || (value instanceof Iterable<?> && !(value instanceof Path))
        || value.getClass().isArray());
  }

  private static String shown(final String key, final Object value) {
    if (key.contains("password") || key.contains("secret") || key.contains("token")) {
      return "not shown, as it is secret,";
    }
    final String text =
        Excerpt.of(PASSWORD_IN_URI.matcher(String.valueOf(value)).replaceAll("$1…@"));
    return value instanceof Number || value instanceof Boolean ? text : '"' + text + '"';
  }
}
