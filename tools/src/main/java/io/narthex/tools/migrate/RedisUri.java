package io.narthex.tools.migrate;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a Redis is and how it lets us in; shown without the password.
 *
 * @param user or null
 * @param password or null
 */
record RedisUri(String host, int port, String user, String password, int database, boolean tls) {
  private static final int PORT = 6379;
  private static final int PORT_MAX = 0xffff;
  private static final String FORM = "; the form is redis://[[USER]:PASSWORD@]HOST[:PORT][/DB]";

  /**
   * Reads one. No message shows the text: what is wrong in it may be the password.
   *
   * @param text begins with {@code redis://} or {@code rediss://}
   * @throws IllegalArgumentException that says what is wrong
   */
  static RedisUri of(final String text) {
    final URI uri;
    try {
      uri = new URI(text);
    } catch (final URISyntaxException e) {
      throw wrong("it has a character that has to be written as % and two digits, such as %20");
    }
    if (uri.getHost() == null) {
      throw wrong("it names no host, or one that is no host name, as with a _ in it");
    }
    if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
      throw wrong("its port is " + uri.getPort() + ", and there are 1 to " + PORT_MAX);
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw wrong("it has options behind a ? or #, which would be lost; leave them out");
    }
    // As other clients do: what stands alone is a user without password.
    final String info = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    final int colon = info.indexOf(':');
    final String user = colon < 0 ? info : info.substring(0, colon);
    return new RedisUri(
        uri.getHost().replaceAll("^\\[|\\]$", ""),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        user.isEmpty() ? null : user,
        colon < 0 ? null : info.substring(colon + 1),
        database(uri.getPath()),
        text.startsWith("rediss:"));
  }

  private static int database(final String path) {
    if (path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (path.matches("/[0-9]{1,9}")) {
      return Integer.parseInt(path.substring(1));
    }
    throw wrong("what follows the host is not the number of a database, such as /0");
  }

  private static IllegalArgumentException wrong(final String why) {
    return new IllegalArgumentException("no address of a Redis: " + why + FORM);
  }

  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://")
        + (user == null ? "" : user)
        + (password == null ? "" : ":***")
        + (user == null && password == null ? "" : "@")
        + (host.indexOf(':') < 0 ? host : '[' + host + ']')
        + ':'
        + port
        + '/'
        + database;
  }
}
