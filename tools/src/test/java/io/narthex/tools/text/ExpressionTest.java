package io.narthex.tools.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import org.junit.jupiter.api.Test;

final class ExpressionTest {
  @Test
  void shouldFindAPart() {
    assertThat(new Expression("b+").isFoundIn("abbc")).isTrue();
    assertThat(new Expression("^b").isFoundIn("abbc")).isFalse();
  }

  @Test
  void shouldSayThatATextIsTooLong() {
    final String text = "ab".repeat(500_000);
    assertThat(new Expression("^(?:ab)*$").isFoundIn("ab".repeat(1_000))).isTrue();
    assertThatThrownBy(() -> new Expression("(a|b)*c").isFoundIn(text))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("(a|b)*c")
        .hasMessageContaining("1,000,000 characters")
        .hasMessageContaining("give an expression");
  }
}
