package io.narthex.jmh.harness;

import io.narthex.MetricRegistry;
import io.narthex.backend.HeapBackend;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.jmh.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A library with one metric of two labels, {@code path} and {@code customer}. */
interface Subject extends AutoCloseable {
  /** On a mapped file. */
  String MAPPED = "narthex mapped";

  /** On the heap. */
  String HEAP = "narthex heap";

  /** The peer. */
  String CLIENT_JAVA = "client_java";

  /** The classic ones, that all histograms here have. */
  static double[] bounds() {
    return new double[] {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  }

  /**
   * Opens one that has no series yet.
   *
   * @param name one of the names above
   * @param kind {@code counter}, {@code gauge} or {@code histogram}
   * @param file for a mapped one
   * @param stripes of that file
   */
  static Subject open(final String name, final String kind, final Path file, final int stripes) {
    return switch (name) {
      case MAPPED ->
          new NarthexSubject(
              MetricRegistry.create(MappedBackend.builder(file).stripes(stripes).open()), kind);
      case HEAP -> new NarthexSubject(MetricRegistry.create(HeapBackend.create()), kind);
      case CLIENT_JAVA -> new ClientJavaSubject(kind);
      default -> throw new IllegalArgumentException("no subject " + name);
    };
  }

  /**
   * Looks a series up, or creates it.
   *
   * @return its update: of a counter by 1
   */
  Runnable child(String path, String customer);

  /** Creates and updates the first series of {@link Names}. */
  default void create(final Names names, final int count) {
    for (int i = 0; i < count; i++) {
      child(names.path(i), names.customer(i)).run();
    }
  }

  /** Writes everything as Prometheus text. */
  void page(OutputStream out) throws IOException;

  /** What the library keeps in a file; 0 where it has none. */
  long fileBytes();

  @Override
  void close();
}
