package io.narthex.backend.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    giveAway(file);
    assertThatThrownBy(() -> MappedBackend.open(file))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(file + " belongs to user " + ANOTHER_USER)
        .hasMessageContaining("allowOtherOwner()");
    MappedBackend.builder(file).allowOtherOwner().open().close();
    MappedBackend.openReadOnly(file).close();
  }

  @Test
  void shouldRefuseLockFileThatIsASymbolicLink() throws IOException {
    final Path lock = directory.resolve("app.nx.lock");
    final Path target = Files.createFile(directory.resolve("target"));
    Files.delete(lock);
    Files.createSymbolicLink(lock, target);
    for (final MappedBackend.Builder builder :
        List.of(MappedBackend.builder(file), MappedBackend.builder(file).allowSymbolicLinks())) {
      assertThatThrownBy(builder::open)
          .isInstanceOf(NarthexException.class)
          .hasMessageContaining(lock + " is a symbolic link to " + target);
    }
  }

  @Test
  void shouldRefuseLockFileOfAnotherOwnerUnlessAllowed() throws IOException {
    final Path lock = directory.resolve("app.nx.lock");
    giveAway(lock);
    assertThatThrownBy(() -> MappedBackend.open(file))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(lock + " belongs to user " + ANOTHER_USER)
        .hasMessageContaining("allowOtherOwner()");
    MappedBackend.builder(file).allowOtherOwner().open().close();
    MappedBackend.openReadOnly(file).close();
  }

  @Test
  void shouldGiveNewLockFileToOwnerOfMappedFile() throws IOException {
    final Path lock = directory.resolve("app.nx.lock");
    Files.delete(lock);
    giveAway(file);
    MappedBackend.builder(file).allowOtherOwner().open().close();
    assertThat(Files.getAttribute(lock, "unix:uid")).isEqualTo(ANOTHER_USER);
  }

  /** Only root can, or who has the right to. */
  private static void giveAway(final Path path) throws IOException {
    try {
      Files.setAttribute(path, "unix:uid", ANOTHER_USER);
    } catch (final FileSystemException e) {
      final String reason = "skipped: this user may not give files away (" + e.getMessage() + ")";
      System.out.println(reason);
      abort(reason);
    }
  }
}
