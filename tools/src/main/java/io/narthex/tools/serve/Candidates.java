package io.narthex.tools.serve;

import io.narthex.NarthexException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which files the command line names, themselves or by the directory that they are in. */
final class Candidates {
  /** What stands beside a mapped file: its lock file, and for a moment what becomes a new one. */
  private static final Pattern BESIDE = Pattern.compile(".*\\.lock|.*\\.\\d+-\\d+\\.new|\\..*");

  private final Set<Path> files = new LinkedHashSet<>();
  private final Set<Path> directories = new LinkedHashSet<>();
  private final Set<Path> unlisted = new HashSet<>();

  /** Whether file names alone tell the files apart, whichever appear. */
  private final boolean oneParent;

  Candidates(final Collection<Path> arguments) {
    final Set<Path> parents = new LinkedHashSet<>();
    final Set<Path> named = new HashSet<>();
    for (final Path argument : arguments) {
      final Path path = argument.normalize();
      if (!named.add(absolute(path))) {
        continue; // in another spelling
      }
      if (Files.isDirectory(path)) {
        directories.add(path);
        parents.add(absolute(path));
      } else {
        files.add(path);
        parents.add(absolute(path).getParent());
      }
    }
    this.oneParent = parents.size() == 1;
  }

  /**
   * Refuses directories that cannot be listed.
   *
   * @throws NarthexException that says which
   */
  void check() {
    for (final Path directory : directories) {
      try {
        addEntries(directory, new TreeMap<>());
      } catch (final AccessDeniedException e) {
        throw new NarthexException(
            "no permission to list " + directory + "; run as its owner, or change its mode", e);
      } catch (final IOException e) {
        throw new NarthexException("cannot list " + directory + ": " + e.getMessage(), e);
      }
    }
  }

  boolean hasDirectories() {
    return !directories.isEmpty();
  }

  /** Whether there is, or may come, more than one file. */
  boolean mayBeSeveral() {
    return hasDirectories() || files.size() > 1;
  }

  /**
   * The files as they are now. Those that were named are among them also if they do not exist.
   *
   * @param known what was found before; it stays while their directory cannot be listed
   * @param notes are told of such a directory, once
   */
  SortedMap<Path, FileState> find(final Collection<Source> known, final Notes notes) {
    final SortedMap<Path, FileState> found = new TreeMap<>();
    for (final Path directory : directories) {
      try {
        addEntries(directory, found);
        unlisted.remove(directory);
      } catch (final NoSuchFileException | NotDirectoryException e) {
        // It is gone, and may come back.
      } catch (final IOException e) {
        if (unlisted.add(directory)) {
          notes.warn("cannot list " + directory + ", its files stay: " + e.getMessage());
        }
        known.stream()
            .filter(source -> directory.equals(source.path().getParent()))
            .forEach(source -> found.put(source.path(), FileState.unseen(source.key())));
      }
    }
    final Set<Path> listed = new HashSet<>();
    found.keySet().forEach(path -> listed.add(absolute(path)));
    for (final Path file : files) {
      if (!listed.contains(absolute(file))) {
        found.put(file, FileState.of(file));
      }
    }
    return found;
  }

  private static Path absolute(final Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static void addEntries(final Path directory, final Map<Path, FileState> found)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (final Path entry : entries) {
        if (!BESIDE.matcher(entry.getFileName().toString()).matches()
            && Files.isRegularFile(entry)) {
          found.put(entry, FileState.of(entry));
        }
      }
    } catch (final DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** The name of a file among the others; the same for as long as the command runs. */
  String nameOf(final Path path) {
    return oneParent ? path.getFileName().toString() : path.toString();
  }
}
