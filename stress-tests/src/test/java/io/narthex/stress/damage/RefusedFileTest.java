package io.narthex.stress.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.NarthexException;
import io.narthex.backend.mapped.MappedBackend;
import io.narthex.stress.harness.ChildJvm;
import io.narthex.stress.harness.ChildMain;
import io.narthex.stress.harness.Skip;
import io.narthex.stress.harness.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be opened is refused with the reason, by viewers and writers alike. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RefusedFileTest {
  private static final Duration GUARD = Duration.ofSeconds(60);
  private static final int NOBODY = 65_534;
  private static final String[] AS_NOBODY = {
    "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"
  };

  @AutoClose private final Stage stage = Stage.open();

  private final Path file = stage.path("sample.nx");
  private byte[] whole;

  @BeforeEach
  void writeSample() throws IOException {
    final Path sample = stage.path("whole.nx");
    SampleFile.write(sample);
    whole = Files.readAllBytes(sample);
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    Files.createFile(file);
    checkRefused("is empty");
  }

  @Test
  void shouldRefuseTruncatedFilesWhereverTheyEnd() throws IOException {
    for (final int length :
        new int[] {9, 64, 127, 4095, 4096, 40_000, 65_535, 65_536, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      checkRefused("truncated");
    }
    for (int length = 4096; length < whole.length; length += 4096) {
      Files.write(file, Arrays.copyOf(whole, length));
      checkRefused("truncated");
    }
    final Fields fields = Fields.of(whole);
    for (final Region region : List.of(Region.HEADER, Region.PROCESSES, Region.DIRECTORY)) {
      for (final Fields.Field field : fields.of(region)) {
        Files.write(file, Arrays.copyOf(whole, field.at() + field.width()));
        checkRefused("truncated");
      }
    }
    // Within the magic, too, as far as what is left can be told from a foreign file.
    for (int length = 1; length <= 8; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      checkRefused("truncated");
    }
  }

  @Test
  void shouldRefuseForeignFiles() throws IOException {
    for (final String text : List.of("x", "NARTHX", "#!/bin/sh\n", "a".repeat(1 << 20))) {
      Files.writeString(file, text);
      checkRefused("no Narthex file");
    }
    Files.write(file, new byte[1 << 20]);
    checkRefused("no Narthex file");
  }

  @Test
  void shouldRefuseAnotherVersion() throws IOException {
    final byte[] bytes = whole.clone();
    bytes[12] = 2;
    Files.write(file, bytes);
    checkRefused("version 2");
  }

  @Test
  void shouldRefuseTheOtherByteOrder() throws IOException {
    final byte[] marked = whole.clone();
    swap(marked, 8, 4);
    Files.write(file, marked);
    checkRefused("byte order");
    for (final int width : new int[] {2, 4, 8}) {
      final byte[] all = whole.clone();
      for (int at = 0; at < all.length; at += width) {
        swap(all, at, width);
      }
      Files.write(file, all);
      checkRefused("byte order");
    }
  }

  private static void swap(final byte[] bytes, final int at, final int width) {
    for (int i = 0; i < width / 2; i++) {
      final byte low = bytes[at + i];
      bytes[at + i] = bytes[at + width - 1 - i];
      bytes[at + width - 1 - i] = low;
    }
  }

  @Test
  void shouldRefuseADamagedHeaderAndDirectory() throws IOException {
    for (final int at : new int[] {16, 20, 24, 40, 64, 72, 80, 88}) {
      final byte[] bytes = whole.clone();
      bytes[at] ^= 0x55;
      Files.write(file, bytes);
      checkRefused("damaged");
    }
    for (int field = 0; field < 6; field++) {
      final byte[] bytes = whole.clone();
      bytes[FileLayout.DIRECTORY + field * 8] ^= 0x11;
      Files.write(file, bytes);
      checkRefused("damaged");
    }
  }

  /** Also with a right checksum: a negative stride once got out what is not declared. */
  @Test
  void shouldRefuseStripesWhereThereAreNoCells() throws IOException {
    for (final int kind : new int[] {FileLayout.INDEX, FileLayout.RECORDS}) {
      final int row =
          FileLayout.DIRECTORY + FileLayout.rowOf(FileLayout.buffer(whole), kind) * FileLayout.ROW;
      for (final int field : new int[] {FileLayout.STRIDE, FileLayout.STRIPES}) {
        for (final long value : new long[] {-1 << 20, 1 << 20, 1, -1, Long.MIN_VALUE}) {
          final byte[] bytes = whole.clone();
          FileLayout.buffer(bytes).putLong(row + field, value);
          FileLayout.repair(bytes, whole);
          Files.write(file, bytes);
          checkRefused("where there are no cells");
        }
      }
    }
  }

  @Test
  void shouldRefuseADirectory() throws IOException {
    Files.createDirectory(file);
    checkRefused("is a directory");
  }

  @Test
  void shouldRefuseAPipeAndADevice() throws Exception {
    final Process pipe = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    Skip.unless(pipe.waitFor() == 0, () -> "mkfifo does not work here");
    checkRefused("regular file");
    checkRefused(Path.of("/dev/null"), "regular file");
    checkRefused(Path.of("/dev/zero"), "regular file");
  }

  @Test
  void shouldRefuseAMissingFileOnlyToAViewer() {
    checkViewerRefused(file, "does not exist");
    try (MappedBackend writer = SampleFile.open(file)) {
      assertThat(writer.toString()).contains(file.toString());
    }
    assertThat(Files.isRegularFile(file)).isTrue();
  }

  @Test
  void shouldNameTheDirectoryThatIsMissing() {
    final Path lost = stage.path("no-such-directory").resolve("a.nx");
    checkViewerRefused(lost, "does not exist");
    checkWriterRefused(lost, "no directory");
  }

  @Test
  void shouldSayWhenTheParentIsAFile() throws IOException {
    Files.writeString(file, "a file");
    final Path below = file.resolve("a.nx");
    checkRefused(below, file + " is a file");
  }

  @Test
  void shouldSayThatPermissionIsMissing() throws Exception {
    final List<Path> classPath = new ArrayList<>();
    final boolean root = Files.getOwner(stage.directory()).getName().equals("root");
    if (root) {
      Skip.unless(canBeNobody(), () -> "root, and setpriv does not work here");
      copyClassPath(classPath);
    }
    final Path open = Files.createDirectory(stage.path("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    final Path unreadable = Files.write(open.resolve("unreadable.nx"), whole);
    Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
    final Path readable = Files.write(open.resolve("readable.nx"), whole);
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("r--r--r--"));
    final Path own = Files.write(open.resolve("own.nx"), whole);
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("r--r--r--"));
    if (root) {
      Files.setAttribute(own, "unix:uid", NOBODY);
    }
    final Path locked = Files.write(open.resolve("locked.nx"), whole);
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r--r--r--"));
    final Path lock = Files.createFile(open.resolve("locked.nx.lock"));
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("---------"));
    final Path closed = Files.createDirectory(stage.path("closed"));
    Files.write(closed.resolve("sample.nx"), whole);
    Files.setPosixFilePermissions(
        closed.resolve("sample.nx"), PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    final ChildJvm.Builder opener =
        Stage.jvm(
            Opener.class,
            unreadable,
            readable,
            closed.resolve("new.nx"),
            closed.resolve("sample.nx"),
            own,
            locked);
    opener.option("-XX:-UsePerfData"); // or a directory of nobody's stays
    final ChildJvm child =
        stage.start(root ? opener.behind(AS_NOBODY).classPath(classPath) : opener);
    // Another user's file is refused to a writer before its permissions are tried.
    final String refused = root ? "allowOtherOwner" : "permission";
    assertThat(child.await("viewer 0: ", GUARD)).contains("permission", unreadable.toString());
    assertThat(child.await("writer 0: ", GUARD)).contains(refused, unreadable.toString());
    assertThat(child.await("viewer 1: ", GUARD)).isEqualTo("opened");
    assertThat(child.await("writer 1: ", GUARD)).contains(refused, readable.toString());
    assertThat(child.await("writer 2: ", GUARD)).contains("permission", closed.toString());
    assertThat(child.await("viewer 3: ", GUARD)).isEqualTo("opened");
    assertThat(child.await("writer 3: ", GUARD)).contains(refused, "sample.nx");
    assertThat(child.await("viewer 4: ", GUARD)).isEqualTo("opened");
    assertThat(child.await("writer 4: ", GUARD)).contains("permission", own.toString());
    assertThat(child.await("viewer 5: ", GUARD)).isEqualTo("opened");
    assertThat(child.awaitExit(GUARD)).as(child.output()).isZero();
    assertThat(child.output()).contains("no permission to read " + lock + ", so all processes of");
  }

  private static boolean canBeNobody() throws InterruptedException {
    try {
      final List<String> command = new ArrayList<>(List.of(AS_NOBODY));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:-UsePerfData");
      command.add("-version");
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (final IOException e) {
      return false;
    }
  }

  /** Copies the class path to where another user can read it. */
  private void copyClassPath(final List<Path> copies) throws IOException {
    final Path target = Files.createDirectory(stage.path("classes"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(stage.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
    final String classPath = System.getProperty("java.class.path");
    for (final String entry : classPath.split(File.pathSeparator, -1)) {
      final Path source = Path.of(entry);
      if (!entry.isEmpty() && Files.exists(source)) {
        final Path copy = target.resolve(copies.size() + "-" + source.getFileName());
        copyTree(source, copy);
        copies.add(copy);
      }
    }
  }

  private static void copyTree(final Path source, final Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(
              final Path directory, final BasicFileAttributes attributes) throws IOException {
            grant(Files.createDirectories(to(directory)), "rwxr-xr-x");
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(final Path from, final BasicFileAttributes attributes)
              throws IOException {
            grant(Files.copy(from, to(from)), "rw-r--r--");
            return FileVisitResult.CONTINUE;
          }

          private Path to(final Path path) {
            return path.equals(source) ? target : target.resolve(source.relativize(path));
          }

          private void grant(final Path path, final String mode) throws IOException {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
          }
        });
  }

  private void checkRefused(final String reason) {
    checkRefused(file, reason);
  }

  private static void checkRefused(final Path path, final String reason) {
    checkViewerRefused(path, reason);
    checkWriterRefused(path, reason);
  }

  private static void checkViewerRefused(final Path path, final String reason) {
    assertThatThrownBy(() -> MappedBackend.openReadOnly(path).close())
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(reason);
  }

  private static void checkWriterRefused(final Path path, final String reason) {
    assertThatThrownBy(() -> MappedBackend.open(path).close())
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(reason);
  }

  /** Tries to open each path, as viewer and as writer, and tells what came of it. */
  public static final class Opener {
    private Opener() {}

    /** See the class. */
    public static void main(final String[] arguments) {
      for (int i = 0; i < arguments.length; i++) {
        final Path path = Path.of(arguments[i]);
        ChildMain.say("viewer " + i + ": " + outcome(path, true));
        ChildMain.say("writer " + i + ": " + outcome(path, false));
      }
    }

    private static String outcome(final Path path, final boolean viewer) {
      try (MappedBackend backend =
          viewer ? MappedBackend.openReadOnly(path) : MappedBackend.open(path)) {
        return backend == null ? "nothing" : "opened";
      } catch (final NarthexException e) {
        return e.getMessage();
      }
    }
  }
}
