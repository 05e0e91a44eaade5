package io.narthex.tools.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CsvTest {
  @Test
  void shouldQuoteOnlyWhatHasToBe() {
    assertThat(Csv.line("up", "", "-0.5", "ü €;=")).isEqualTo("up,,-0.5,ü €;=\n");
    assertThat(Csv.line("a=\"1\"")).isEqualTo("\"a=\"\"1\"\"\"\n");
    assertThat(Csv.line("a,b", "c\nd", "e\rf", "g")).isEqualTo("\"a,b\",\"c\nd\",\"e\rf\",g\n");
    assertThat(Csv.line()).isEqualTo("\n");
  }
}
