package io.narthex.tools.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Failures of input and output, for people. */
public final class Failures {
  private Failures() {}

  /**
   * Why it failed, to stand behind what was tried with which path: of exceptions that have but the
   * path for a message, what they stand for.
   *
   * @param e what was thrown
   * @return such as {@code No space left on device}; never empty, and without the path
   */
  public static String reason(final IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission; run as its owner, or change its mode";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no directory";
    }
    final String told =
        e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return told == null || told.isBlank() ? e.getClass().getSimpleName() : told;
  }
}
