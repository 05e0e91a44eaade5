package io.narthex.tools.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EngineWarningsTest {
  private static final Logger PARENT = Logger.getLogger("io.narthex");
  private static final Logger ENGINE = Logger.getLogger("io.narthex.backend.mapped.FileSystems");

  private static final Path BUILDING = Path.of("/d/.a.nx.1-2.new");
  private static final Path NAME = Path.of("/d/a.nx");

  private final List<String> told = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(final LogRecord logged) {
          told.add(logged.getLevel() + " " + logged.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    PARENT.addHandler(handler);
    PARENT.setUseParentHandlers(false);
  }

  @AfterEach
  void end() {
    PARENT.removeHandler(handler);
    PARENT.setUseParentHandlers(true);
  }

  @Test
  void shouldTellThemWithTheNameThatTheFileGets() {
    try (EngineWarnings warnings = EngineWarnings.keep()) {
      warn();
      assertThat(told).isEmpty();
      warnings.tell(BUILDING, NAME);
    }
    assertThat(told).containsExactly("WARNING /d/a.nx is on btrfs");
  }

  @Test
  void shouldNotTellThemIfThereIsNoFile() {
    try (EngineWarnings warnings = EngineWarnings.keep()) {
      warn();
      assertThat(warnings.getLevel()).isEqualTo(Level.WARNING);
    }
    assertThat(told).isEmpty();
    warn();
    assertThat(told).contains("WARNING {0} is on {1}");
  }

  private static void warn() {
    ENGINE.log(Level.INFO, "{0} is on ext4", BUILDING);
    ENGINE.log(Level.WARNING, "{0} is on {1}", new Object[] {BUILDING, "btrfs"});
  }
}
