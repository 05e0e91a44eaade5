package io.narthex.backend.redis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.narthex.GaugeMode;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A descriptor as the catalog keeps it. */
final class DescriptorJson {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private DescriptorJson() {}

  static String write(final FamilyDescriptor family) {
    final JsonObject json = new JsonObject();
    json.addProperty("name", family.name());
    json.addProperty("type", family.type().text());
    json.addProperty("help", family.help());
    json.addProperty("unit", family.unit());
    json.add("labels", array(family.labelNames()));
    json.addProperty("mode", family.gaugeMode().name());
    final List<String> bounds = new ArrayList<>();
    for (int i = 0; i < family.boundCount(); i++) {
      bounds.add(Double.toString(family.bound(i)));
    }
    json.add("bounds", array(bounds));
    json.add("states", array(family.states()));
    return json.toString();
  }

  private static JsonArray array(final List<String> texts) {
    final JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  /**
   * Reads a descriptor.
   *
   * @throws IllegalArgumentException if it is none
   */
  static FamilyDescriptor read(final String text) {
    try {
      final JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      final String name = json.get("name").getAsString();
      final String unit = json.get("unit").getAsString();
      if (!NAME.matcher(name).matches() || !(unit.isEmpty() || name.endsWith('_' + unit))) {
        throw new IllegalArgumentException("no name, or not with its unit");
      }
      return FamilyDescriptor.builder(type(json), name)
          .help(json.get("help").getAsString())
          .unit(unit)
          .labelNames(strings(json, "labels"))
          .gaugeMode(GaugeMode.valueOf(json.get("mode").getAsString()))
          .bounds(strings(json, "bounds").stream().mapToDouble(Double::parseDouble).toArray())
          .states(strings(json, "states"))
          .build();
    } catch (final RuntimeException e) {
      throw new IllegalArgumentException("not the description of a metric: " + text, e);
    }
  }

  private static MetricType type(final JsonObject json) {
    final String text = json.get("type").getAsString();
    for (final MetricType type : MetricType.values()) {
      if (type.text().equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no type of metrics is called " + text);
  }

  private static List<String> strings(final JsonObject json, final String name) {
    final List<String> texts = new ArrayList<>();
    for (final JsonElement element : json.getAsJsonArray(name)) {
      texts.add(element.getAsString());
    }
    return texts;
  }
}
