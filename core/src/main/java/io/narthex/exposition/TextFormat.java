package io.narthex.exposition;

import io.narthex.MetricRegistry;
import io.narthex.backend.FamilyDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The text formats that Prometheus and its kin read. Writing allocates nothing per series, holds
 * the page nowhere as a whole and locks nothing; any number of threads may write one registry at
 * once.
 */
public enum TextFormat {
  /** Prometheus text 0.0.4, which every scraper reads. */
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),

  /** OpenMetrics text 1.0.0. */
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  TextFormat(final String contentType) {
    this.contentType = contentType;
  }

  /**
   * Chooses the format for an HTTP request: the one of highest quality ({@code q}) that the client
   * accepts. OpenMetrics is chosen only if the client names it.
   *
   * @param accept the value of the {@code Accept} header, several of them joined by commas, or null
   * @return the format; {@link #PROMETHEUS} if there is no header, if it is malformed, or if it
   *     accepts neither
   */
  public static TextFormat negotiate(final String accept) {
    return Negotiation.format(accept);
  }

  /**
   * The value of the label {@code le}, as both formats write it: for who names the buckets of a
   * page elsewhere.
   *
   * @param bound the upper bound of a bucket
   * @return as Go prints it, with {@code .0} on whole numbers: {@code 0.5}, {@code 1.0}, {@code
   *     1e+06}, {@code +Inf}
   */
  public static String boundText(final double bound) {
    return DecimalText.canonical(bound);
  }

  /**
   * The value for the HTTP header {@code Content-Type}.
   *
   * @return media type with version and charset
   */
  public String contentType() {
    return contentType;
  }

  /**
   * Writes everything that a registry exports. The stream is flushed and not closed.
   *
   * @param registry whose series to write
   * @param out where to write them; it is written to in large pieces and needs no buffer of its own
   * @throws IOException what the stream threw; the page on it is then not whole
   */
  public void write(final MetricRegistry registry, final OutputStream out) throws IOException {
    write(registry, out, family -> true);
  }

  /**
   * Writes some of the families that a registry exports. The stream is flushed and not closed.
   *
   * @param registry whose series to write
   * @param out where to write them
   * @param names names of families or of their samples, such as {@code http_requests_total}; a
   *     family is written whole if one of them is its own. May match nothing: an empty page is a
   *     valid one
   * @throws IOException what the stream threw; the page on it is then not whole
   */
  public void write(final MetricRegistry registry, final OutputStream out, final Set<String> names)
      throws IOException {
    Objects.requireNonNull(names, "names");
    write(registry, out, family -> names.stream().anyMatch(family::claims));
  }

  private void write(
      final MetricRegistry registry,
      final OutputStream out,
      final Predicate<FamilyDescriptor> wanted)
      throws IOException {
    Objects.requireNonNull(out, "out");
    final TextEncoder encoder = new TextEncoder(this, out, wanted);
    registry.visit(encoder);
    encoder.end();
  }
}
