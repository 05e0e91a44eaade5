package io.narthex.exposition;

import io.narthex.MetricRegistry;
import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A backend to look at only: families and series as a test wrote them down, in that order. */
final class FixedFamilies implements Backend {
  private final List<FamilyDescriptor> families = new ArrayList<>();
  private final List<List<? extends Series>> series = new ArrayList<>();

  FixedFamilies add(final FamilyDescriptor.Builder family, final FixedSeries... members) {
    families.add(family.build());
    series.add(List.of(members));
    return this;
  }

  static FamilyDescriptor.Builder family(
      final MetricType type, final String name, final String help) {
    return FamilyDescriptor.builder(type, name).help(help);
  }

  MetricRegistry registry() {
    return MetricRegistry.create(this);
  }

  String page(final TextFormat format) {
    return page(format, registry());
  }

  static String page(final TextFormat format, final MetricRegistry registry) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      format.write(registry, out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public <X extends Exception> void visit(final SeriesVisitor<X> visitor) throws X {
    for (int i = 0; i < families.size(); i++) {
      if (visitor.family(families.get(i))) {
        for (final Series one : series.get(i)) {
          visitor.series(one);
        }
      }
    }
  }

  @Override
  public BackendFamily register(final FamilyDescriptor wanted, final LabelSet overflow) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean unregister(final String family) {
    return false;
  }

  @Override
  public void close() {}
}
