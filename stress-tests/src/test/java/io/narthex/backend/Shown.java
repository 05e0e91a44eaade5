package io.narthex.backend;

/** What a scrape of the heap shows of the one series of a family. */
final class Shown implements SeriesVisitor<RuntimeException> {
  private FamilyDescriptor family;

  /** The value, or a histogram's buckets, not cumulative, and its sum. */
  String text = "hidden";

  long createdMillis;

  /** Scrapes. */
  static Shown of(final HeapFamily family) {
    final Shown shown = new Shown();
    shown.family(family.descriptor());
    family.visit(shown, new HeapCursor());
    return shown;
  }

  @Override
  public boolean family(final FamilyDescriptor descriptor) {
    family = descriptor;
    return true;
  }

  @Override
  public void series(final Series series) {
    createdMillis = series.createdMillis();
    text = family.type() == MetricType.HISTOGRAM ? histogram(series) : "" + series.value();
  }

  private String histogram(final Series series) {
    final StringBuilder all = new StringBuilder();
    for (int b = 0; b <= family.boundCount(); b++) {
      all.append(series.bucket(b)).append(' ');
    }
    return all.append("of ").append(series.sum()).toString();
  }
}
