package io.narthex.stress.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Makes JVMs of one kind start in half the time: they share the classes that one of them has loaded
 * (class data sharing). As the JDK shares classes out of jars only, the class path's directories
 * are packed first.
 */
public final class ClassArchive {
  private final List<Path> classPath = new ArrayList<>();
  private final Path archive;

  private ClassArchive(final Path archive) {
    this.archive = archive;
  }

  /** Packs the class path of this JVM into a directory, which has to outlive the archive's use. */
  public static ClassArchive in(final Path directory) throws IOException {
    final ClassArchive made = new ClassArchive(directory.resolve("classes.jsa"));
    for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      final Path path = Path.of(entry);
      if (!entry.isEmpty() && Files.isDirectory(path)) {
        final Path jar = directory.resolve("classes-" + made.classPath.size() + ".jar");
        pack(path, jar);
        made.classPath.add(jar);
      } else if (Files.isRegularFile(path)) {
        made.classPath.add(path);
      }
    }
    return made;
  }

  /** A JVM that leaves the classes which it has loaded to others when it ends. */
  public ChildJvm.Builder giving(final ChildJvm.Builder jvm) {
    return jvm.classPath(classPath).option("-XX:ArchiveClassesAtExit=" + archive);
  }

  /** A JVM that takes its classes from there, if it can. */
  public ChildJvm.Builder taking(final ChildJvm.Builder jvm) {
    return jvm.classPath(classPath).option("-XX:SharedArchiveFile=" + archive);
  }

  /** A JVM that takes its classes from the jars, and shares none. */
  public ChildJvm.Builder packed(final ChildJvm.Builder jvm) {
    return jvm.classPath(classPath);
  }

  private static void pack(final Path directory, final Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(directory)) {
      for (final Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        final String name = directory.relativize(path).toString();
        // The manifest has a place of its own in a jar, and no class needs it.
        if (!name.equals("META-INF/MANIFEST.MF")) {
          entries.putNextEntry(new JarEntry(name.replace(File.separatorChar, '/')));
          Files.copy(path, entries);
        }
      }
    }
  }
}
