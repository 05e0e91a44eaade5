package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are refused though they are whole. */
final class AccessCheckTest {
  private static final int ANOTHER_USER = 54_321;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void create() {
    file = directory.resolve("app.nx");
    MappedBackend.open(file).close();
  }

  @Test
  void shouldRefuseSymbolicLinkUnlessAllowed() throws IOException {
    final Path link = Files.createSymbolicLink(directory.resolve("link.nx"), file);
    assertThatThrownBy(() -> MappedBackend.open(link))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(link + " is a symbolic link to " + file)
        .hasMessageContaining("allowSymbolicLinks()");
    MappedBackend.builder(link).allowSymbolicLinks().open().close();
    MappedBackend.openReadOnly(link).close();
  }

  @Test
  void shouldNotCreateFileThroughSymbolicLink() throws IOException {
    final Path target = directory.resolve("made-through-link.nx");
    final Path link = Files.createSymbolicLink(directory.resolve("link.nx"), target);
    assertThatThrownBy(() -> MappedBackend.open(link)).isInstanceOf(NarthexException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void shouldTakeFileBelowLinkedDirectory() throws IOException {
    final Path link = Files.createSymbolicLink(directory.resolve("linked"), directory);
    MappedBackend.open(link.resolve("app.nx")).close();
  }

  @Test
  void shouldRefuseFileOfAnotherOwnerUnlessAllowed() throws IOException {
    giveAway();
    assertThatThrownBy(() -> MappedBackend.open(file))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(file + " belongs to user " + ANOTHER_USER)
        .hasMessageContaining("allowOtherOwner()");
    MappedBackend.builder(file).allowOtherOwner().open().close();
    MappedBackend.openReadOnly(file).close();
  }

  @Test
  void shouldGiveNewLockFileToOwnerOfMappedFile() throws IOException {
    final Path lock = directory.resolve("app.nx.lock");
    Files.delete(lock);
    giveAway();
    MappedBackend.builder(file).allowOtherOwner().open().close();
    assertThat(Files.getAttribute(lock, "unix:uid")).isEqualTo(ANOTHER_USER);
  }

  /** Only root can, or who has the right to. */
  private void giveAway() throws IOException {
    try {
      Files.setAttribute(file, "unix:uid", ANOTHER_USER);
    } catch (final FileSystemException e) {
      final String reason = "skipped: this user may not give files away (" + e.getMessage() + ")";
      System.out.println(reason);
      abort(reason);
    }
  }
}
