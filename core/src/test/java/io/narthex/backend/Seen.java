package io.narthex.backend;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that one visit showed, for tests to look at. The engine's own metrics are left out, since
 * backends differ in what they meter.
 */
public final class Seen {
  private static final String OWN = "narthex_";

  private final List<FamilyDescriptor> families = new ArrayList<>();
  private final Map<String, Map<String, Value>> series = new LinkedHashMap<>();
  private FamilyDescriptor current;

  private Seen() {}

  /** What a way of visiting shows. */
  @FunctionalInterface
  public interface Visit {
    /** Shows it. */
    void show(SeriesVisitor<RuntimeException> visitor);
  }

  /** The numbers of one series. */
  public record Value(long createdMillis, double value, List<Long> buckets, double sum) {}

  /** Visits a backend. */
  public static Seen of(final Backend backend) {
    return of(backend::visit);
  }

  /** Visits anything. */
  public static Seen of(final Visit visit) {
    final Seen seen = new Seen();
    visit.show(seen.new Recorder());
    return seen;
  }

  /** The families in the order in which they were shown. */
  public List<FamilyDescriptor> families() {
    return families;
  }

  /** The names of the families in the order in which they were shown. */
  public List<String> names() {
    return families.stream().map(FamilyDescriptor::name).toList();
  }

  /** One family. */
  public FamilyDescriptor family(final String name) {
    return families.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no family " + name + " in " + names()));
  }

  /** The label texts of a family's series, in the order in which they were shown. */
  public List<String> labels(final String family) {
    return List.copyOf(series.getOrDefault(family, Map.of()).keySet());
  }

  /** Whether a series was shown. */
  public boolean has(final String family, final String labels) {
    return series.getOrDefault(family, Map.of()).containsKey(labels);
  }

  /** The numbers of a series that was shown. */
  public Value get(final String family, final String labels) {
    if (!has(family, labels)) {
      throw new AssertionError("no series " + family + '{' + labels + "} in " + series);
    }
    return series.get(family).get(labels);
  }

  /** The value of a series that was shown. */
  public double value(final String family, final String labels) {
    return get(family, labels).value();
  }

  private final class Recorder implements SeriesVisitor<RuntimeException> {
    @Override
    public boolean family(final FamilyDescriptor family) {
      if (family.name().startsWith(OWN)) {
        return false;
      }
      current = family;
      families.add(family);
      if (series.put(family.name(), new LinkedHashMap<>()) != null) {
        throw new AssertionError(family + " was shown twice");
      }
      return true;
    }

    @Override
    public void series(final Series cursor) {
      final byte[] text = new byte[cursor.labelsLength() + 2];
      cursor.copyLabels(text, 1);
      final String labels = new String(text, 1, cursor.labelsLength(), StandardCharsets.UTF_8);
      if (text[0] != 0 || text[text.length - 1] != 0) {
        throw new AssertionError("labels were copied beyond their place: " + labels);
      }
      final Value value =
          switch (current.type()) {
            case HISTOGRAM, SUMMARY ->
                new Value(cursor.createdMillis(), Double.NaN, buckets(cursor), cursor.sum());
            default -> new Value(cursor.createdMillis(), cursor.value(), List.of(), Double.NaN);
          };
      if (series.get(current.name()).put(labels, value) != null) {
        throw new AssertionError(current + " {" + labels + "} was shown twice");
      }
    }

    private List<Long> buckets(final Series cursor) {
      final List<Long> counts = new ArrayList<>();
      for (int i = 0; i <= current.boundCount(); i++) {
        counts.add(cursor.bucket(i));
      }
      return counts;
    }
  }
}
