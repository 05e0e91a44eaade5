package io.narthex.backend;

import io.narthex.NarthexException;
import java.util.Map;
import java.util.Objects;

/**
 * Loads backends that are chosen outside the program, so that one program counts in its process, on
 * its host or across hosts as whoever runs it says.
 *
 * <p>Two settings say what is loaded:
 *
 * <table>
 * <caption>The settings</caption>
 * <tr><th>system property</th><th>environment variable</th><th></th></tr>
 * <tr><td>{@code narthex.backend.class}</td><td>{@code NARTHEX_BACKEND_CLASS}</td>
 * <td>{@code heap}, {@code mapped}, {@code redis}, the name of a {@link BackendProvider}, or the
 * full name of a class; the heap unless set</td></tr>
 * <tr><td>{@code narthex.backend.config}</td><td>{@code NARTHEX_BACKEND_CONFIG}</td>
 * <td>the path of a file with the backend's options, one JSON object; no options unless
 * set</td></tr>
 * </table>
 *
 * <p>Arguments beat system properties, which beat environment variables, each of the two settings
 * by itself. Where options are an argument, no file is read: they are all the options there are,
 * also when there are none. A setting that is blank counts as not set.
 *
 * <p>Any class is loadable that implements {@link Backend}, is public and has a method {@code
 * public static X fromConfig(Map<String, ?>)}, which {@link Config} helps to write. It is looked
 * for with the thread's context class loader, then with Narthex's own.
 *
 * <p>What cannot be loaded is one {@link NarthexException}. It says which backend was asked for and
 * by whom: an argument, a property, a variable. Safe for use by any number of threads; each call
 * makes another backend.
 */
public final class Backends {
  private static final String ARGUMENT = "argument";
  private static final String CLASS_PROPERTY = "narthex.backend.class";
  private static final String CLASS_VARIABLE = "NARTHEX_BACKEND_CLASS";
  private static final String CONFIG_PROPERTY = "narthex.backend.config";
  private static final String CONFIG_VARIABLE = "NARTHEX_BACKEND_CONFIG";

  private Backends() {}

  /**
   * Loads the backend that system properties or environment variables choose, or a new heap.
   *
   * @return the backend, for the caller to close
   * @throws NarthexException if it cannot be loaded
   */
  public static Backend load() {
    final Setting set = Setting.find(CLASS_PROPERTY, CLASS_VARIABLE);
    final Setting named =
        set != null
            ? set
            : new Setting(
                "heap", "as neither " + CLASS_PROPERTY + " nor " + CLASS_VARIABLE + " is set");
    final Setting file = Setting.find(CONFIG_PROPERTY, CONFIG_VARIABLE);
    return file == null
        ? BackendNames.create(
            named,
            Map.of(),
            "no options (neither " + CONFIG_PROPERTY + " nor " + CONFIG_VARIABLE + " is set)")
        : BackendNames.create(named, ConfigFile.read(file), "the options of file " + file);
  }

  /**
   * Loads a backend of a class, whatever properties and variables say.
   *
   * @param type the class
   * @param config all of its options by key
   * @param <B> the class
   * @return the backend, for the caller to close
   * @throws NarthexException if it cannot be loaded
   */
  public static <B extends Backend> B load(final Class<B> type, final Map<String, ?> config) {
    Objects.requireNonNull(config, "config");
    return new BackendFactory<>(type, new Setting(type.getName(), ARGUMENT))
        .create(config, "the options of the argument");
  }

  /**
   * Loads a backend by name, whatever properties and variables say.
   *
   * @param name {@code heap}, {@code mapped}, {@code redis}, the name of a {@link BackendProvider},
   *     or the full name of a class
   * @param config all of its options by key
   * @return the backend, for the caller to close
   * @throws NarthexException if it cannot be loaded
   */
  public static Backend load(final String name, final Map<String, ?> config) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(config, "config");
    return BackendNames.create(
        new Setting(name.strip(), ARGUMENT), config, "the options of the argument");
  }
}
