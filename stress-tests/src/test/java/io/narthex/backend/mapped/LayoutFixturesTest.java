package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who changes the layout adds the fixture of the version that there will be. */
final class LayoutFixturesTest {
  @Test
  void shouldKeepAFileOfEachLayoutVersion() {
    for (int version = 1; version <= HeaderDescriptor.VERSION; version++) {
      final String fixture = "/io/narthex/stress/layout/layout-" + version + ".nx.gz";
      assertThat(LayoutFixturesTest.class.getResource(fixture)).as(fixture).isNotNull();
    }
  }
}
