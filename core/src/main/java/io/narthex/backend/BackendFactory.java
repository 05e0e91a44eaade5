package io.narthex.backend;

import io.narthex.NarthexException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;

/**
 * Makes backends of one class by its {@code fromConfig}.
 *
 * @param <B> the class
 */
final class BackendFactory<B extends Backend> {
  private final Class<B> type;
  private final Setting named;

  /**
   * Makes a factory.
   *
   * @param type the backend's class
   * @param named the name that led to it, for messages
   */
  BackendFactory(final Class<B> type, final Setting named) {
    this.type = type;
    this.named = named;
  }

  /**
   * Makes a backend.
   *
   * @param options its options
   * @param source where those came from, for messages
   * @throws NarthexException if the class cannot be made by {@code fromConfig}, or that throws
   */
  B create(final Map<String, ?> options, final String source) {
    final Object made;
    try {
      made = method().invoke(null, options);
    } catch (final IllegalAccessException e) {
      throw failure("has to be public, in a package that its module exports", e);
    } catch (final InvocationTargetException e) {
      throw thrown(e.getCause(), source);
    } catch (final LinkageError e) {
      throw thrown(e, source);
    }
    if (!type.isInstance(made)) {
      throw failure(
          "did not get one of its kind from its method fromConfig, but "
              + (made == null ? "null" : "a " + made.getClass().getName()),
          null);
    }
    return type.cast(made);
  }

  private Method method() {
    try {
      final Method method = type.getMethod("fromConfig", Map.class);
      if (Modifier.isStatic(method.getModifiers())) {
        return method;
      }
      throw withoutMethod(null);
    } catch (final NoSuchMethodException e) {
      throw withoutMethod(e);
    }
  }

  private NarthexException withoutMethod(final Exception cause) {
    return failure(
        "cannot be loaded, as it has no method \"public static "
            + type.getSimpleName()
            + " fromConfig(Map<String, ?> config)\"",
        cause);
  }

  private NarthexException failure(final String what, final Exception cause) {
    return new NarthexException("backend " + named + ": " + type.getName() + ' ' + what, cause);
  }

  private NarthexException thrown(final Throwable e, final String source) {
    if (e instanceof LinkageError broken) {
      return BackendNames.notLinked(named, type.getName(), broken);
    }
    if (e instanceof Error fatal) {
      throw fatal; // such as OutOfMemoryError: no fault of the configuration
    }
    return failed(named, source, e);
  }

  /** What to throw where a backend did not want to be made of its options. */
  static NarthexException failed(final Setting named, final String source, final Throwable e) {
    final boolean speaks = e instanceof NarthexException || e instanceof IllegalArgumentException;
    return new NarthexException(
        "backend " + named + " with " + source + ": " + (speaks ? e.getMessage() : e), e);
  }
}
