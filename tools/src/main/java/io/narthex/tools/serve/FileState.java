package io.narthex.tools.serve;

import io.narthex.tools.file.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What can be seen of a file without mapping it.
 *
 * @param key what tells it from another one that gets its path; null if there is none
 * @param size its size in bytes
 * @param changed when its content, its mode or its owner last changed
 */
record FileState(Object key, long size, Object changed) {
  private static final FileState MISSING = new FileState(null, 0, null);

  static FileState of(final Path path) {
    try {
      final Map<String, Object> attributes = Files.readAttributes(path, "unix:fileKey,size,ctime");
      return new FileState(
          List.of(attributes.get("fileKey"), identity(path)),
          ((Number) attributes.get("size")).longValue(),
          attributes.get("ctime"));
    } catch (final IOException e) {
      return MISSING;
    }
  }

  /** Another file that is copied over this one has the file key of this one. */
  private static Object identity(final Path path) {
    try {
      return Files.isRegularFile(path) ? Identity.of(path) : "";
    } catch (final IOException e) {
      return ""; // told when the file is opened
    }
  }

  /** Of a file that cannot be looked at, but had this key when it could. */
  static FileState unseen(final Object key) {
    return new FileState(key, 0, null);
  }

  /** Whether it is the file that had the key. */
  boolean isStill(final Object other) {
    return key != null && key.equals(other);
  }
}
