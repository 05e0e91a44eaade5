package io.narthex.backend;

import io.narthex.NarthexException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Finds backends by short name or class name. The backends' classes are named by text: the seam
 * knows no room behind it, and jedis may be absent.
 */
final class BackendNames {
  private static final String REDIS = "io.narthex.backend.redis.RedisBackend";
  private static final Map<String, String> OWN = new LinkedHashMap<>();

  static {
    OWN.put("heap", "io.narthex.backend.HeapBackend");
    OWN.put("mapped", "io.narthex.backend.mapped.MappedBackend");
    OWN.put("redis", REDIS);
  }

  private BackendNames() {}

  /**
   * Makes the backend of a name.
   *
   * @param named a short name or a full class name, and who said it
   * @param options the backend's options
   * @param source where those came from, for messages
   * @throws NarthexException if there is none of that name, or it cannot be made
   */
  static Backend create(final Setting named, final Map<String, ?> options, final String source) {
    final String own = OWN.get(named.value());
    if (own != null) {
      // Not by the context class loader, which may have a Narthex of its own.
      return factory(own, List.of(ownLoader()), named).create(options, source);
    }
    if (named.value().indexOf('.') < 0) {
      for (final BackendProvider provider : providers()) {
        if (named.value().equals(provider.name())) {
          return provided(provider, named, options, source);
        }
      }
    }
    return factory(named.value(), loaders(), named).create(options, source);
  }

  private static Backend provided(
      final BackendProvider provider,
      final Setting named,
      final Map<String, ?> options,
      final String source) {
    final Backend made;
    try {
      made = provider.create(options);
    } catch (final RuntimeException e) {
      throw BackendFactory.failed(named, source, e);
    } catch (final LinkageError e) {
      throw notLinked(named, provider.getClass().getName(), e);
    }
    if (made == null) {
      throw new NarthexException(
          "backend " + named + ": " + provider.getClass().getName() + " made null of it");
    }
    return made;
  }

  private static BackendFactory<?> factory(
      final String className, final List<ClassLoader> loaders, final Setting named) {
    Class<?> stranger = null;
    LinkageError broken = null;
    for (final ClassLoader loader : loaders) {
      try {
        final Class<?> type = Class.forName(className, false, loader);
        if (Backend.class.isAssignableFrom(type)) {
          return new BackendFactory<>(type.asSubclass(Backend.class), named);
        }
        stranger = type;
      } catch (final ClassNotFoundException ignored) {
        // The next one may know it.
      } catch (final LinkageError e) {
        broken = e;
      }
    }
    if (broken != null) {
      throw notLinked(named, className, broken);
    }
    if (stranger != null) {
      throw new NarthexException(
          "backend " + named + ": " + className + " does not implement " + Backend.class.getName());
    }
    throw unknown(named, className);
  }

  private static NarthexException unknown(final Setting named, final String className) {
    if (OWN.containsKey(named.value())) {
      return new NarthexException(
          "backend " + named + ": there is no class " + className + advice(className));
    }
    final Set<String> names = new LinkedHashSet<>(OWN.keySet());
    providers().forEach(provider -> names.add(provider.name()));
    final List<String> all = new ArrayList<>(names);
    all.addAll(OWN.values());
    return new NarthexException(
        "backend "
            + named
            + " is unknown"
            + Nearest.question(named.value(), all)
            + "; there are "
            + Excerpt.of(names)
            + ", and any class that is on the class path, by its full name");
  }

  /** What to throw where a class is there, but not all that it needs. */
  static NarthexException notLinked(
      final Setting named, final String className, final LinkageError e) {
    return new NarthexException(
        "backend "
            + named
            + ": "
            + className
            + " cannot be used: "
            + (e.getCause() == null ? e : e + " by " + e.getCause())
            + advice(className),
        e);
  }

  private static String advice(final String className) {
    return className.equals(REDIS)
        ? "; it needs the artifacts io.narthex:narthex-core and redis.clients:jedis on the class"
            + " path, of which jedis has to be added"
        : "";
  }

  private static List<BackendProvider> providers() {
    final List<BackendProvider> found = new ArrayList<>();
    try {
      for (final ClassLoader loader : loaders()) {
        ServiceLoader.load(BackendProvider.class, loader).forEach(found::add);
      }
    } catch (final ServiceConfigurationError e) {
      throw new NarthexException("a backend's provider cannot be loaded: " + e.getMessage(), e);
    }
    return found;
  }

  private static List<ClassLoader> loaders() {
    final ClassLoader context = Thread.currentThread().getContextClassLoader();
    final ClassLoader own = ownLoader();
    return context == null || context == own ? List.of(own) : List.of(context, own);
  }

  private static ClassLoader ownLoader() {
    return Backends.class.getClassLoader();
  }
}
