package io.narthex.tools.top;

import io.narthex.tools.reading.Reading;
import java.util.List;

/** How a reading is written where there is no terminal. */
interface Lines {
  /** The lines of one reading, each with its end. */
  String of(Reading reading, List<Track> tracks);
}
