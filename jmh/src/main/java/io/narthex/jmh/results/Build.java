package io.narthex.jmh.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What code a run measured.
 *
 * @param commit of Narthex, with {@code -dirty} where its sources differed; empty where it is not
 *     known, as of a source archive
 * @param libraries versions of the peers and of what else takes part, by name
 */
public record Build(String commit, Map<String, String> libraries) {
  /** Of results from before this was kept. */
  static final Build UNKNOWN = new Build("", Map.of());

  /** The script that keeps the jar as new as the sources sets it: a jar would keep an old one. */
  private static final String COMMIT = "NARTHEX_COMMIT";

  /** Sorts the libraries. */
  public Build {
    commit = commit == null ? "" : commit;
    final Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(libraries == null ? Map.of() : libraries);
    libraries = Collections.unmodifiableMap(sorted);
  }

  /** This one. */
  public static Build here() {
    return new Build(System.getenv().getOrDefault(COMMIT, ""), read());
  }

  private static Map<String, String> read() {
    final Properties versions = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("libraries.properties")) {
      versions.load(in);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    final Map<String, String> libraries = new TreeMap<>();
    versions.stringPropertyNames().forEach(n -> libraries.put(n, versions.getProperty(n)));
    return libraries;
  }
}
