package io.narthex.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ExcerptTest {
  @Test
  void shouldShowShortTextsWhole() {
    assertThat(Excerpt.of("a".repeat(100))).isEqualTo("a".repeat(100));
    assertThat(Excerpt.of((String) null)).isEqualTo("null");
    assertThat(Excerpt.of(Arrays.asList("a", null))).isEqualTo("a, null");
  }

  @Test
  void shouldShowBeginningAndLengthOfLongTexts() {
    assertThat(Excerpt.of("a".repeat(101))).isEqualTo("a".repeat(100) + "… (101 characters)");
  }

  @Test
  void shouldNotHalveACharacter() {
    final String smileys = "a" + "\uD83D\uDE00".repeat(60);
    assertThat(Excerpt.of(smileys))
        .isEqualTo("a" + "\uD83D\uDE00".repeat(49) + "… (121 characters)");
  }

  @Test
  void shouldShortenLabelValuesInWords() {
    assertThat(LabelSet.of(new String[] {"a"}, new String[] {"x\n".repeat(100)}))
        .hasToString("{a=\"" + "x\\n".repeat(50) + "… (200 characters)\"}");
  }
}
