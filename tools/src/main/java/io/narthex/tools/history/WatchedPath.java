package io.narthex.tools.history;

import io.narthex.tools.file.Identity;
import io.narthex.tools.text.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Notices that another mapped file, or none, is at a path. For one thread. */
final class WatchedPath {
  private final Path path;
  private Identity known;
  private boolean isGone;

  WatchedPath(final Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** What happened since it was asked before; null if nothing did. */
  String news() {
    final Identity now;
    try {
      now = Identity.of(path);
    } catch (final IOException e) {
      final boolean wasGone = isGone;
      isGone = !Files.exists(path);
      return isGone && !wasGone && known != null
          ? path + " is gone; what is recorded is what its processes go on with"
          : null;
    }
    final boolean isSame = now.equals(known) && !isGone;
    final String what = known == null ? " was created " : " is another file now, created ";
    final String told = now.equals(known) ? path + " is back" : path + what + created(now);
    known = now;
    isGone = false;
    return isSame ? null : told;
  }

  private static String created(final Identity identity) {
    return Times.time(identity.createdMillis());
  }
}
