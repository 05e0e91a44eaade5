package io.narthex;

import io.narthex.backend.Backend;
import io.narthex.backend.Backends;
import java.util.Map;

/** The main class of a JVM that says on its output what it would count into. */
final class LoadedFromOutside {
  private LoadedFromOutside() {}

  @SuppressWarnings("SystemOut") // its parent reads it
  public static void main(final String[] arguments) {
    print("load", Backends::load);
    print("argument", () -> Backends.load("heap", Map.of()));
    print("global", LoadedFromOutside::countGlobally);
    System.setProperty("narthex.backend.class", "heap");
    System.setProperty("narthex.backend.config", " ");
    print("again", LoadedFromOutside::countGlobally);
  }

  private static Object countGlobally() {
    final Counter jobs = Counter.builder("jobs").register();
    jobs.inc();
    return jobs.value();
  }

  private interface Loading {
    Object load();
  }

  private static void print(final String what, final Loading loading) {
    String said;
    try {
      final Object loaded = loading.load();
      said = loaded instanceof Backend ? loaded.getClass().getSimpleName() : loaded.toString();
    } catch (final NarthexException e) {
      said = "NarthexException " + e.getMessage();
    }
    System.out.println(what + ": " + said);
  }
}
