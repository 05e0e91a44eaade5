package io.narthex.tools.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class Utf8OutputTest {
  @Test
  void shouldWriteUtf8WhateverTheLocaleIs() throws IOException, InterruptedException {
    final ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    final Process process = builder.start();
    final String written =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(written).isZero();
    assertThat(written).isEqualTo("for people\nü€🎉\nfor people again\n");
  }

  @Test
  void shouldLeaveAnotherWriterAsItIs() {
    final PrintWriter out = new PrintWriter(new StringWriter());
    assertThat(Utf8Output.of(out)).isSameAs(out);
  }

  /** The process that writes. */
  static final class Writing {
    private Writing() {}

    public static void main(final String... args) {
      final PrintWriter standard = Utf8Output.standard();
      standard.print("for people\n");
      final PrintWriter out = Utf8Output.of(standard);
      out.print("ü€🎉\n");
      out.flush();
      standard.print("for people again\n");
      standard.flush();
    }
  }
}
