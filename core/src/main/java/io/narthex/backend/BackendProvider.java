package io.narthex.backend;

import java.util.Map;

/**
 * Gives a third party's backend a short name, under which {@link Backends} loads it. Named in
 * {@code META-INF/services/io.narthex.backend.BackendProvider}, or by {@code provides} in a module.
 * A backend can do without: its full class name is enough where its class has {@code fromConfig}.
 */
public interface BackendProvider {
  /**
   * The short name.
   *
   * @return a name without a dot that is none of Narthex's own, such as {@code chronicle}
   */
  String name();

  /**
   * Makes a backend.
   *
   * @param config its options by key, never null; see {@link Config}
   * @return the backend
   */
  Backend create(Map<String, ?> config);
}
