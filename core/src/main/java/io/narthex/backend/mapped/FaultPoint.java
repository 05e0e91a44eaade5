package io.narthex.backend.mapped;

import io.narthex.backend.EngineLog;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * Where tests count, stop or kill a process: after each store to mapped memory, and after each
 * operation that changes a file or a kernel lock. A test that walks all of them has seen every
 * state in which a process can leave a file behind.
 *
 * <p>The system property {@value #PROPERTY} names the hook, a class that implements {@code
 * Consumer<String>} and has a public constructor without parameters; it is told what was done. It
 * must not use the engine. None is in this library, so an application cannot run into one by
 * accident: somebody has to put it on the class path and to name it when the JVM starts. Without
 * the property there is no hook: {@link Memory#ACCESS} is what it would be if this class did not
 * exist, and the calls of {@link #reached} fold away, as the hook is a constant.
 */
final class FaultPoint {
  static final String PROPERTY = "narthex.test.faultHook";

  private static final Consumer<String> HOOK = load(System.getProperty(PROPERTY));

  private FaultPoint() {}

  /** Whether there is a hook in this JVM. */
  static boolean isHooked() {
    return HOOK != null;
  }

  /** Tells the hook what was just done; the hook may never return. */
  static void reached(final String done) {
    if (HOOK != null) {
      HOOK.accept(done);
    }
  }

  @SuppressWarnings("unchecked") // the hook's contract
  private static Consumer<String> load(final String name) {
    if (name == null) {
      return null;
    }
    final EngineLog log = EngineLog.of(FaultPoint.class);
    try {
      final Object hook =
          Class.forName(name, true, ClassLoader.getSystemClassLoader())
              .getConstructor()
              .newInstance();
      final Consumer<String> loaded = (Consumer<String>) Consumer.class.cast(hook);
      log.log(Level.WARNING, "{0} may stop or kill this process: for tests only", name);
      return loaded;
    } catch (final ReflectiveOperationException | ClassCastException | LinkageError e) {
      // Never the reason for which a service does not start; a test sees that nothing is hooked.
      log.log(Level.ERROR, PROPERTY + " names no hook, so there is none: " + name, e);
      return null;
    }
  }
}
