package io.narthex.backend;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.narthex.NarthexException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the options of a backend from a file: one JSON object in UTF-8, as RFC 8259 has it, without
 * comments. Numbers become {@link Long}, {@link BigInteger} or {@link Double}.
 */
final class ConfigFile {
  private final Setting setting;

  private ConfigFile(final Setting setting) {
    this.setting = setting;
  }

  /**
   * Reads the file that a setting names.
   *
   * @throws NarthexException if it cannot be read or is not such a file; names file and setting
   */
  static Map<String, Object> read(final Setting setting) {
    return new ConfigFile(setting).read();
  }

  private Map<String, Object> read() {
    final Path path;
    try {
      path = Path.of(setting.value());
    } catch (final InvalidPathException e) {
      throw unusable("is no path: " + e.getReason(), e);
    }
    if (Files.isDirectory(path)) {
      throw unusable("is a directory; expected a file with a JSON object", null);
    }
    try (Reader text = Files.newBufferedReader(path);
        JsonReader json = new JsonReader(text)) {
      json.setStrictness(Strictness.STRICT);
      return document(json);
    } catch (final NoSuchFileException e) {
      throw unusable("does not exist" + lookedIn(path), e);
    } catch (final AccessDeniedException e) {
      throw unusable("may not be read by this process", e);
    } catch (final CharacterCodingException e) {
      throw unusable("is not UTF-8", e);
    } catch (final MalformedJsonException | EOFException e) {
      throw unusable("is no valid JSON: " + reason(e), e);
    } catch (final IOException e) {
      throw unusable("cannot be read: " + e, e);
    }
  }

  private static String lookedIn(final Path path) {
    return path.isAbsolute() ? "" : "; it would be " + path.toAbsolutePath();
  }

  /** What gson says, with line and column, but not its advice to programmers. */
  private static String reason(final IOException e) {
    final String line = e.getMessage().lines().findFirst().orElse("");
    final int place = line.indexOf("at line ");
    return line.startsWith("Use JsonReader") && place > 0
        ? "malformed " + line.substring(place)
        : line;
  }

  private Map<String, Object> document(final JsonReader json) throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw unusable("is no JSON object, such as {\"path\": \"/dev/shm/orders.nx\"}", null);
    }
    final Map<String, Object> options = object(json);
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw unusable("goes on behind the JSON object", null);
    }
    return options;
  }

  private Map<String, Object> object(final JsonReader json) throws IOException {
    final Map<String, Object> values = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      final String key = json.nextName();
      if (values.containsKey(key)) {
        throw unusable("has the key \"" + Excerpt.of(key) + "\" twice", null);
      }
      values.put(key, value(json));
    }
    json.endObject();
    return values;
  }

  private Object value(final JsonReader json) throws IOException {
    return switch (json.peek()) {
      case BEGIN_OBJECT -> object(json);
      case BEGIN_ARRAY -> array(json);
      case NUMBER -> number(json.nextString());
      case BOOLEAN -> json.nextBoolean();
      case NULL -> {
        json.nextNull();
        yield null;
      }
      default -> json.nextString();
    };
  }

  private List<Object> array(final JsonReader json) throws IOException {
    final List<Object> values = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      values.add(value(json));
    }
    json.endArray();
    return values;
  }

  private static Number number(final String text) {
    if (!text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return Double.valueOf(text);
    }
    final BigInteger whole = new BigInteger(text);
    if (whole.bitLength() < Long.SIZE) {
      return whole.longValue();
    }
    return whole;
  }

  private NarthexException unusable(final String what, final Throwable cause) {
    return new NarthexException("configuration file " + setting + ' ' + what, cause);
  }
}
