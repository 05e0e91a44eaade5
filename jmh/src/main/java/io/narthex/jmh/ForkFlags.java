package io.narthex.jmh;

/**
 * What benchmarked libraries need of the JVM. The manifest of {@code benchmarks.jar} says the same,
 * but JMH's forks do not read it.
 */
final class ForkFlags {
  /** For Agrona's memory access. */
  static final String AGRONA = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

  /** For chronicle-bytes to map files. */
  static final String CHRONICLE_CHANNELS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

  /** Without it chronicle-core warns. */
  static final String CHRONICLE_CLEANERS = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";

  /** For chronicle-core to make things accessible. */
  static final String CHRONICLE_REFLECTION = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";

  private ForkFlags() {}
}
