package io.narthex;

import io.narthex.backend.Excerpt;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The rules for the names of metrics and labels. */
final class Names {
  private static final String OVERFLOW = "__overflow__";

  private static final String LABEL_RULE = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final String NAME_RULE = "[a-zA-Z_:][a-zA-Z0-9_:]*";

  private Names() {}

  /**
   * The name of a family: with the prefix, without the suffix that belongs to the sample.
   *
   * @throws IllegalArgumentException if it is no metric name, or there is nothing but the prefix
   */
  static String family(final MetricType type, final String prefix, final String given) {
    final String suffix = type.nameSuffix();
    if (given.isEmpty() || given.equals(suffix)) {
      throw bad(type, prefix + given, "; it is empty but for prefix and suffix");
    }
    final String fullName = prefix + given;
    final String name =
        fullName.endsWith(suffix)
            ? fullName.substring(0, fullName.length() - suffix.length())
            : fullName;
    if (!isName(name, true)) {
      throw bad(type, fullName, "");
    }
    // A state set's name is also that of the label which tells its states apart.
    final String flaw = type == MetricType.STATESET ? labelFlaw(name) : null;
    if (flaw != null) {
      throw new IllegalArgumentException(
          "bad name of a stateset: \""
              + Excerpt.of(fullName)
              + "\"; it names a label too, and "
              + flaw);
    }
    return name;
  }

  private static IllegalArgumentException bad(
      final MetricType type, final String fullName, final String why) {
    final String suffix = type.nameSuffix();
    return new IllegalArgumentException(
        "bad name of a "
            + type.text()
            + ": \""
            + Excerpt.of(fullName)
            + '"'
            + why
            + "; a metric name, its prefix included, matches "
            + NAME_RULE
            + (suffix.isEmpty() ? "" : " and is more than \"" + suffix + '"'));
  }

  /** Checks a unit against the family's name: it is the last word of it. */
  static void checkUnit(final MetricType type, final String family, final String unit) {
    if (unit.isEmpty()) {
      return;
    }
    if (type == MetricType.INFO || type == MetricType.STATESET) {
      throw new IllegalArgumentException(
          type.text()
              + ' '
              + Excerpt.of(family)
              + " cannot have the unit "
              + Excerpt.of(unit)
              + ": the type has none");
    }
    if (!family.endsWith('_' + unit)) {
      throw new IllegalArgumentException(
          type.text()
              + ' '
              + Excerpt.of(family + type.nameSuffix())
              + " has the unit "
              + Excerpt.of(unit)
              + ", so its name has to be "
              + Excerpt.of(family + '_' + unit + type.nameSuffix()));
    }
  }

  /** The names as a list, which must not hold null. */
  static List<String> nonNull(final String metric, final String[] labels) {
    if (Arrays.asList(labels).contains(null)) {
      throw new LabelValidationException(
          metric + " cannot have a label null: a label's name matches " + LABEL_RULE);
    }
    return List.of(labels);
  }

  /** Checks the labels that a family declares, alone and against the registry's constant ones. */
  static void checkLabels(final FamilyDescriptor family, final LabelSet constant) {
    checkLabels(family, family.labelNames(), constant);
  }

  /** As above, for labels that are not declared. */
  static void checkLabels(
      final FamilyDescriptor family, final List<String> labels, final LabelSet constant) {
    final Set<String> seen = new HashSet<>();
    for (int i = 0; i < constant.size(); i++) {
      seen.add(constant.name(i));
      checkReserved(family, constant.name(i));
    }
    for (final String label : labels) {
      final String flaw = labelFlaw(label);
      if (flaw != null) {
        throw bad(family, label, flaw);
      }
      checkReserved(family, label);
      if (!seen.add(label)) {
        throw bad(family, label, "it is there already, declared or as a constant label");
      }
    }
  }

  private static void checkReserved(final FamilyDescriptor family, final String label) {
    final String reserved =
        switch (family.type()) {
          case HISTOGRAM -> "le";
          case SUMMARY -> "quantile";
          case STATESET -> family.name();
          case GAUGE -> isPerProcess(family.gaugeMode()) ? "pid" : null;
          default -> null;
        };
    if (label.equals(reserved)) {
      final String mode = family.type() == MetricType.GAUGE ? " of mode " + family.gaugeMode() : "";
      throw bad(
          family,
          label,
          "a " + family.type().text() + mode + " writes that label itself; any other is allowed");
    }
  }

  /** Whether a gauge of that mode has one series per process. */
  private static boolean isPerProcess(final GaugeMode mode) {
    return mode == GaugeMode.ALL || mode == GaugeMode.LIVE_ALL;
  }

  private static LabelValidationException bad(
      final FamilyDescriptor family, final String label, final String why) {
    return new LabelValidationException(
        family.type().text()
            + ' '
            + Excerpt.of(family.name() + family.type().nameSuffix())
            + " cannot have a label \""
            + Excerpt.of(label)
            + "\": "
            + why);
  }

  /** Checks a registry's constant label before any metric is there. */
  static void checkConstant(final Set<String> known, final String label, final String value) {
    final String flaw =
        label != null && known.contains(label)
            ? "it is there already"
            : value == null ? "its value is null" : labelFlaw(label);
    if (flaw != null) {
      throw new LabelValidationException(
          "a registry cannot have the constant label \"" + Excerpt.of(label) + "\": " + flaw);
    }
  }

  /** Checks a registry's prefix before any metric is there. */
  static String prefix(final String text) {
    if (!Objects.requireNonNull(text, "prefix").isEmpty() && !isName(text, true)) {
      throw new IllegalArgumentException(
          "bad prefix \"" + Excerpt.of(text) + "\"; a metric name matches " + NAME_RULE);
    }
    return text;
  }

  /** What is wrong with a label's name, or null. */
  private static String labelFlaw(final String label) {
    if (label == null || !isName(label, false)) {
      return "a label's name matches " + LABEL_RULE;
    }
    return label.startsWith("__")
        ? "names that begin with __ are reserved, any others are allowed"
        : null;
  }

  private static boolean isName(final String name, final boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      final char c = name.charAt(i);
      final boolean letter =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colons && c == ':');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** The constant labels' names, then the declared ones. */
  static String[] exported(final LabelSet constant, final List<String> declared) {
    final String[] all = new String[constant.size() + declared.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < constant.size() ? constant.name(i) : declared.get(i - constant.size());
    }
    return all;
  }

  /** The labels of the series that counts for those without room; null for an unlabelled family. */
  static LabelSet overflow(final LabelSet constant, final List<String> declared) {
    if (declared.isEmpty()) {
      return null;
    }
    final String[] names = exported(constant, declared);
    final String[] values = new String[names.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < constant.size() ? constant.value(i) : OVERFLOW;
    }
    return LabelSet.of(names, values);
  }
}
