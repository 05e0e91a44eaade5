package io.narthex.tools;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class Version implements IVersionProvider {
  /** For picocli. */
  public Version() {}

  /**
   * The version as text.
   *
   * @return such as {@code 1.2.0}; {@code development} where there is no jar
   */
  public static String text() {
    final String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"narthex " + text()};
  }
}
