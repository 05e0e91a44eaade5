package io.narthex.jmh;

/**
 * What benchmarked libraries need of the JVM. The manifest of {@code benchmarks.jar} says the same,
 * but JMH's forks do not read it.
 */
public final class ForkFlags {
  /** For Agrona's memory access. */
  public static final String AGRONA = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

  /** For chronicle-bytes to map files. */
  public static final String CHRONICLE_CHANNELS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

  /** Without it chronicle-core warns. */
  public static final String CHRONICLE_CLEANERS =
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";

  /** For chronicle-core to make things accessible. */
  public static final String CHRONICLE_REFLECTION =
      "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";

  private ForkFlags() {}
}
