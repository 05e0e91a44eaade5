package io.narthex.backend.redis;

import io.narthex.NarthexException;
import java.net.URI;
import java.util.Locale;

/** Where a server is and how it lets us in; shown without the password. */
record RedisAddress(
    String host, int port, String user, String password, int database, boolean tls) {
  static final int PORT = 6379;

  /**
   * Reads an address.
   *
   * @param uri {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for
   *     TLS
   */
  static RedisAddress of(final URI uri) {
    final String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("redis") && !scheme.equals("rediss")) {
      throw malformed(uri, "it begins with neither redis:// nor rediss://");
    }
    if (uri.getHost() == null) {
      throw malformed(uri, "it names no host");
    }
    String user = null;
    String password = null;
    final String info = uri.getUserInfo();
    if (info != null) {
      final int colon = info.indexOf(':');
      // As other clients do: what stands alone is a user without password.
      user = colon < 0 ? info : info.substring(0, colon);
      password = colon < 0 ? null : info.substring(colon + 1);
    }
    final String host = uri.getHost().replaceAll("^\\[|\\]$", "");
    final int port = uri.getPort() < 0 ? PORT : uri.getPort();
    return new RedisAddress(
        host,
        port,
        user == null || user.isEmpty() ? null : user,
        password,
        database(uri),
        scheme.equals("rediss"));
  }

  private static int database(final URI uri) {
    final String path = uri.getPath();
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      final int number = Integer.parseInt(path.substring(1));
      if (number >= 0) {
        return number;
      }
    } catch (final NumberFormatException e) {
      // said below
    }
    // A password with a slash in it ends up there, so it is not shown.
    throw malformed(uri, "its path is not the number of a database");
  }

  private static NarthexException malformed(final URI uri, final String why) {
    return new NarthexException(
        "cannot use "
            + masked(uri)
            + " as the address of Redis: "
            + why
            + "; the form is redis://[[user]:password@]host[:port][/database]");
  }

  private static String masked(final URI uri) {
    return uri.toString().replaceAll("//([^/@:]*):.*@", "//$1:***@");
  }

  /** The address as a URI, its password masked. */
  @Override
  public String toString() {
    final String credentials =
        password == null ? user == null ? "" : user + '@' : (user == null ? "" : user) + ":***@";
    return (tls ? "rediss://" : "redis://")
        + credentials
        + (host.indexOf(':') < 0 ? host : '[' + host + ']')
        + ':'
        + port
        + (database == 0 ? "" : "/" + database);
  }
}
