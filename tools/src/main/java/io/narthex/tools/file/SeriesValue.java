package io.narthex.tools.file;

/**
 * What a series without parts shows.
 *
 * @param isShown false if it is removed, or was never set
 * @param createdMillis when it was created or last removed
 * @param wholes of a counter its whole amounts, of a histogram or summary its buckets, else none
 * @param number of a counter all other amounts, of a histogram or summary the sum, else the value
 */
@SuppressWarnings("ArrayRecordComponent") // not compared, and nobody writes to it
record SeriesValue(boolean isShown, long createdMillis, long[] wholes, double number) {
  /** The value of all but a histogram and a summary. */
  double value() {
    return wholes.length == 1 ? wholes[0] + number : number;
  }

  long count() {
    long count = 0;
    for (final long whole : wholes) {
      count += whole;
    }
    return count;
  }
}
