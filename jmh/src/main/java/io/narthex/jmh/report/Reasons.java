package io.narthex.jmh.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Why a target is missed, by its key; written by hand in {@code reasons.json}. */
final class Reasons {
  private static final JsonObject TEXTS =
      JsonParser.parseString(Resources.text("reasons.json")).getAsJsonObject();

  private Reasons() {}

  /** Empty where nobody has written one. */
  static String of(final Target target) {
    final JsonElement text = TEXTS.get(target.key());
    return text == null ? "" : text.getAsString();
  }

  static boolean has(final String key) {
    return TEXTS.has(key);
  }
}
