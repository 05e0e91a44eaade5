package io.narthex.backend.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command, or one run of a script, on keys that share a cluster's slot. */
final class Request {
  /** Null for a command. */
  final Script script;

  /** Null for a script. */
  final String command;

  /** At least one for a script; a command has one or none. */
  final List<String> keys;

  final List<byte[]> arguments;

  private Request(
      final Script script,
      final String command,
      final List<String> keys,
      final List<byte[]> arguments) {
    this.script = script;
    this.command = command;
    this.keys = keys;
    this.arguments = arguments;
  }

  static Request command(final String name, final String key, final String... arguments) {
    final List<byte[]> bytes = new ArrayList<>();
    for (final String argument : arguments) {
      bytes.add(utf8(argument));
    }
    return new Request(null, name, key == null ? List.of() : List.of(key), bytes);
  }

  static Request script(
      final Script script, final List<String> keys, final List<byte[]> arguments) {
    return new Request(script, null, keys, arguments);
  }

  static byte[] utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
