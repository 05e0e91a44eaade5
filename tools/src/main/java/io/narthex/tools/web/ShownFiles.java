package io.narthex.tools.web;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The files behind what a page shows; asked each second, by any thread. */
public interface ShownFiles {
  /**
   * The files that are read now.
   *
   * @return an immutable list
   */
  List<ShownFile> files();

  /**
   * The files that cannot be read.
   *
   * @return why, by path
   */
  SortedMap<Path, String> skipped();
}
