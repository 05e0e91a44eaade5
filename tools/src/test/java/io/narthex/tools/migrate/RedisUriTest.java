package io.narthex.tools.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tools.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisUriTest {
  @TempDir private Path directory;

  @Test
  void shouldShowAllButThePassword() {
    assertThat(RedisUri.of("redis://h")).hasToString("redis://h:6379/0");
    assertThat(RedisUri.of("rediss://:p%40w@[::1]:7/2")).hasToString("rediss://:***@[::1]:7/2");
    assertThat(RedisUri.of("rediss://:p%40w@[::1]:7/2"))
        .isEqualTo(new RedisUri("::1", 7, null, "p@w", 2, true));
    assertThat(RedisUri.of("redis://bob@h/"))
        .isEqualTo(new RedisUri("h", 6379, "bob", null, 0, false))
        .hasToString("redis://bob@h:6379/0");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://u:secret@h/abc, number of a database",
    "redis://u:secret@h/99999999999, number of a database",
    "redis://u:secret@h/-1, number of a database",
    "redis://u:secret@h?protocol=9, leave them out",
    "redis://u:secret@h/0?db=3, leave them out",
    "redis://u:secret@h:99999, its port is 99999",
    "redis://u:secret@h:0, its port is 0",
    "redis://u:secret@, names no host",
    "redis://u:sec%ret@h, has to be written as %",
    "redis://u:secret@my_host:1, names no host",
    "redis:///0, names no host",
  })
  void shouldRefuseAWrongOne(final String uri, final String reason) {
    final Ran ran = Ran.of("import", uri, "-o", directory.resolve("new.nx"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines().toList().get(0))
        .startsWith("narthex: Invalid SOURCE: no address of a Redis: ")
        .contains(reason)
        .contains("the form is redis://");
    assertThat(ran.err()).doesNotContain("sec").hasLineCount(2);
  }
}
