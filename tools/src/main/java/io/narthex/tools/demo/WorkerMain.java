package io.narthex.tools.demo;

import io.narthex.MetricRegistry;
import io.narthex.backend.mapped.MappedBackend;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of a worker JVM: {@code WorkerMain FILE NAME}. It prints {@code port N} when it
 * serves. It ends when its standard input does, which happens too when its parent is killed: no
 * worker is ever left behind.
 */
final class WorkerMain {
  static final String PORT = "port ";

  /** What the parent writes to end a worker, and a dead parent did not. */
  static final int ORDERLY = '\n';

  private WorkerMain() {}

  public static void main(final String... args) throws IOException {
    final Path file = Path.of(args[0]);
    final boolean orderly;
    try (MetricRegistry registry = MetricRegistry.create(MappedBackend.open(file));
        DemoService service = new DemoService(new DemoMetrics(registry, args[1]))) {
      System.out.println(PORT + service.port());
      orderly = System.in.read() == ORDERLY;
    }
    if (!orderly) {
      // Nobody else is left to clear up.
      DemoDirectory.delete(file.getParent());
    }
    System.exit(0);
  }
}
