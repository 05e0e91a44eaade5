package io.narthex.backend.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script that the server runs as one step; it is a resource beside this class. */
final class Script {
  /** Applies a parcel of updates to the hash of a native metric. */
  static final Script APPLY = new Script("apply.lua");

  /** Registers a native metric. */
  static final Script REGISTER = new Script("register.lua");

  /** Takes a native metric's name out of the catalog. */
  static final Script FORGET = new Script("forget.lua");

  /** Retires the hash of a native metric. */
  static final Script RETIRE = new Script("retire.lua");

  /** Says that a process is alive. */
  static final Script HEARTBEAT = new Script("heartbeat.lua");

  /** Asks for the time. */
  static final Script NOW = new Script("now.lua");

  /** Applies a parcel of updates to one key of a pytheus metric. */
  static final Script APPLY_PYTHEUS = new Script("apply_pytheus.lua");

  final String body;
  final String digest;

  private Script(final String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      final byte[] bytes = in.readAllBytes();
      this.body = new String(bytes, StandardCharsets.UTF_8);
      this.digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read the script " + resource, e);
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
