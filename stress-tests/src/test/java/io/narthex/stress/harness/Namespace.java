package io.narthex.stress.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands to put before a JVM, so that it runs in namespaces of its own and sees another machine
 * than the test does. Where that may not be done the test is skipped, and says so.
 */
public final class Namespace {
  private Namespace() {}

  /** Mounts an empty file system in memory on a directory, of a size such as {@code 6m}. */
  public static String[] withTmpfs(final Path directory, final String size) {
    return required(
        "no file system may be mounted here",
        "unshare",
        "-rm",
        "bash",
        "-c",
        "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"",
        directory.toString());
  }

  /** Shows a directory at the place of another one, where nobody can write to it. */
  public static String[] withReadOnly(final Path directory, final Path place) {
    // What the original forbids has to stay forbidden.
    return required(
        "no directory may be mounted read-only here",
        "unshare",
        "-rm",
        "bash",
        "-c",
        "mount --bind \""
            + directory
            + "\" \"$0\" && mount -o remount,bind,ro,nosuid,nodev,noexec \"$0\" && exec \"$@\"",
        place.toString());
  }

  /** Counts processes anew: the first one has the pid 1, as in a container. */
  public static String[] withPids() {
    return required("no pid namespace may be made here", "unshare", "-rpf", "--kill-child=KILL");
  }

  /** Moves the clock that {@code System.nanoTime} reads. */
  public static String[] withMonotonicClock(final long secondsLater) {
    return required(
        "no clock may be moved here",
        "unshare",
        "-rT",
        "--monotonic",
        Long.toString(secondsLater),
        "--boottime",
        Long.toString(secondsLater),
        "-f",
        "--kill-child=KILL");
  }

  private static String[] required(final String impossible, final String... command) {
    Skip.unless(works(command), () -> impossible + " (" + String.join(" ", command) + ")");
    return command;
  }

  private static boolean works(final String[] command) {
    try {
      final ProcessBuilder probe = new ProcessBuilder(new ArrayList<>(List.of(command)));
      probe.command().add("true");
      return probe.redirectErrorStream(true).inheritIO().start().waitFor() == 0;
    } catch (final IOException e) {
      return false;
    } catch (final InterruptedException e) {
      throw new AssertionError("interrupted while trying " + String.join(" ", command), e);
    }
  }
}
