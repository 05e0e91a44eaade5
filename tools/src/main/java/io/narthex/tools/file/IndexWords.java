package io.narthex.tools.file;

import java.util.List;

/** The words of all index segments: the only list of records that there is. */
final class IndexWords {
  private final FileImage image;
  private final Directory directory;

  IndexWords(final FileImage image, final Directory directory) {
    this.image = image;
    this.directory = directory;
  }

  /** Receives the words that are not empty. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One word.
     *
     * @param k the number of its segment among those of its kind
     * @param number its own number in that one
     */
    void word(int k, Segment index, int number, long word);
  }

  /** Goes through all, also through those of segments that come meanwhile. */
  void forEach(final Visitor visitor) {
    int done = 0;
    do {
      final List<Segment> indexes = indexes();
      for (; done < indexes.size(); done++) {
        final int words = wordsOf(indexes.get(done));
        for (int number = 0; number < words; number++) {
          final long word = word(indexes.get(done), number);
          if (word != 0) {
            visitor.word(done, indexes.get(done), number, word);
          }
        }
      }
    } while (directory.reload());
  }

  List<Segment> indexes() {
    return directory.ofKind(Layout.INDEX);
  }

  static int wordsOf(final Segment index) {
    return (int) (index.length() / Long.BYTES);
  }

  long word(final Segment index, final int number) {
    return image.getLong(at(index, number));
  }

  static long at(final Segment index, final int number) {
    return index.offset() + (long) number * Long.BYTES;
  }

  /** How far a word is from where the look-up of a hash begins in its index. */
  static int distance(final Segment index, final int number, final long hash) {
    final int mask = wordsOf(index) - 1;
    return (number - (int) (hash & mask)) & mask;
  }

  static long offset(final long word) {
    return word & Layout.OFFSET_MASK;
  }

  static boolean hasTagOf(final long word, final long hash) {
    return word >>> Layout.TAG_SHIFT == hash >>> Layout.TAG_SHIFT;
  }
}
