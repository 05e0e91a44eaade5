package io.narthex.stress.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An undamaged file, of which copies are damaged. */
final class Sample {
  private static final Pattern LABEL = Pattern.compile("n=\"(n\\d+)\"");

  private final SampleSort sort;
  private final byte[] whole;
  private final Fields fields;
  private final List<String> labels;

  private Sample(final SampleSort sort, final byte[] whole) {
    this.sort = sort;
    this.whole = whole;
    this.fields = Fields.of(whole);
    final TreeSet<String> values = new TreeSet<>();
    for (final Fields.Entry record : fields.records()) {
      if (record.kind() == FileLayout.SERIES) {
        final Matcher label = LABEL.matcher(FileLayout.labels(whole, record.at()));
        if (label.matches()) {
          values.add(label.group(1));
        }
      }
    }
    this.labels = new ArrayList<>(values);
  }

  /** Those of all sorts, from where {@link SampleSort#write} wrote them. */
  static Map<SampleSort, Sample> readAll(final Path directory) throws IOException {
    final Map<SampleSort, Sample> samples = new EnumMap<>(SampleSort.class);
    for (final SampleSort sort : SampleSort.values()) {
      samples.put(sort, new Sample(sort, Files.readAllBytes(sort.in(directory))));
    }
    return samples;
  }

  SampleSort sort() {
    return sort;
  }

  /** Not to be changed. */
  byte[] whole() {
    return whole;
  }

  Fields fields() {
    return fields;
  }

  /** The values that the label {@code n} was given in it. */
  List<String> labels() {
    return labels;
  }
}
