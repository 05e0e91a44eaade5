package io.narthex.tools.top;

import io.narthex.tools.reading.Reading;
import io.narthex.tools.reading.ReadingFamily;
import io.narthex.tools.reading.ReadingSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All series that the last reading showed, each with what the readings before showed of it. */
final class Tracks {
  private Map<String, Map<String, Track>> byFamily = new HashMap<>();
  private List<Track> all = List.of();
  private boolean started;

  /** Takes the next reading, which was made at that time of {@link System#nanoTime}. */
  void add(final Reading reading, final long nanos) {
    final Map<String, Map<String, Track>> next = new HashMap<>();
    final List<Track> tracks = new ArrayList<>(reading.seriesCount());
    for (final ReadingFamily family : reading.families()) {
      final Map<String, Track> before = byFamily.getOrDefault(family.name(), Map.of());
      final Map<String, Track> series = new HashMap<>();
      for (final ReadingSeries one : family.series()) {
        final Track known = before.get(one.labelText());
        final Track track = known != null && known.isOf(family) ? known : new Track(family, one);
        track.add(one, nanos, started);
        series.put(one.labelText(), track);
        tracks.add(track);
      }
      next.put(family.name(), series);
    }
    byFamily = next;
    all = List.copyOf(tracks);
    started = true;
  }

  /** In the order of names. */
  List<Track> all() {
    return all;
  }
}
