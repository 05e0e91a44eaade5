package io.narthex.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the build knows of what is measured. */
final class BuildTest {
  @Test
  void shouldKnowVersionsOfPeers() {
    assertThat(Build.here().libraries())
        .containsKeys("client_java", "Micrometer", "Dropwizard", "OpenTelemetry", "Agrona", "JMH")
        .allSatisfy((name, version) -> assertThat(version).matches("[0-9]+(\\.[0-9]+)+"));
  }

  @Test
  void shouldKnowWhatItsJvmMayTake() {
    assertThat(Jvm.here().maxHeapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(Jvm.here().collectors()).isNotEmpty();
  }
}
