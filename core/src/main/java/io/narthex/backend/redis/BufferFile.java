package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.Backends;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mapped file that keeps what is not delivered yet when its process is killed. Redis remembers
 * for each file what it has got of it, so whoever opens the file tells the totals again and loses
 * and doubles nothing.
 */
final class BufferFile {
  /** A metric whose help text ends with the file's identity, wherever the file is and goes. */
  private static final String MARK = "narthex_redis_buffer";

  private static final String HELP = "Counts wait here for Redis, which knows this file as ";

  private final Backend backend;
  private final String source;

  private BufferFile(final Backend backend, final String source) {
    this.backend = backend;
    this.source = source;
  }

  /** Opens or creates a file, through the seam: this backend knows no other. */
  static BufferFile open(final String path) {
    final Backend backend = Backends.load("mapped", Map.of("path", path));
    boolean opened = false;
    try {
      // The first help text of a name wins, whoever else opens the file at the same time.
      final String id = RedisProcess.current().id();
      final FamilyDescriptor mark =
          FamilyDescriptor.builder(MetricType.GAUGE, MARK).help(HELP + id).build();
      final String help = backend.register(mark, null).descriptor().help();
      opened = true;
      return new BufferFile(backend, help.substring(help.lastIndexOf(' ') + 1));
    } finally {
      if (!opened) {
        backend.close();
      }
    }
  }

  Backend backend() {
    return backend;
  }

  String source() {
    return source;
  }

  /** What earlier processes counted into the file: by family, the labels of its series. */
  Map<FamilyDescriptor, List<LabelSet>> contents() {
    final Map<FamilyDescriptor, List<LabelSet>> found = new LinkedHashMap<>();
    backend.visit(
        new SeriesVisitor<RuntimeException>() {
          private List<LabelSet> current;

          @Override
          public boolean family(final FamilyDescriptor family) {
            final boolean counts =
                switch (family.type()) {
                  case COUNTER, HISTOGRAM, SUMMARY -> !family.name().startsWith("narthex_");
                  case GAUGE, INFO, STATESET -> false;
                };
            if (counts) {
              current = found.computeIfAbsent(family, f -> new ArrayList<>());
            }
            return counts;
          }

          @Override
          public void series(final Series series) {
            final byte[] text = new byte[series.labelsLength()];
            series.copyLabels(text, 0);
            current.add(LabelText.parse(new String(text, StandardCharsets.UTF_8)));
          }
        });
    return found;
  }
}
