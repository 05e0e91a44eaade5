package io.narthex.backend.redis;

import io.narthex.backend.Backend;
import io.narthex.backend.BackendFamily;
import io.narthex.backend.Backends;
import io.narthex.backend.FamilyDescriptor;
import io.narthex.backend.GaugeSlot;
import io.narthex.backend.LabelSet;
import io.narthex.backend.MetricType;
import io.narthex.backend.Series;
import io.narthex.backend.SeriesVisitor;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
  /** A series whose creation tells one file from the next one at the same path. */
  private static final String MARK = "narthex_redis_buffer";

  private static final long RADIX_MASK = Long.MAX_VALUE;

  private final Backend backend;
  private final String source;

  private BufferFile(final Backend backend, final String source) {
    this.backend = backend;
    this.source = source;
  }

  /** Opens or creates a file, through the seam: this backend knows no other. */
  static BufferFile open(final String path) {
    final Backend backend = Backends.load("mapped", Map.of("path", path));
    final FamilyDescriptor mark =
        FamilyDescriptor.builder(MetricType.GAUGE, MARK)
            .help("1 in a file from which counts are carried to Redis.")
            .build();
    final BackendFamily family = backend.register(mark, null);
    final GaugeSlot slot = (GaugeSlot) family.slot(LabelSet.EMPTY);
    slot.set(1);
    final String identity = host() + ' ' + path + ' ' + created(backend);
    return new BufferFile(backend, digest(identity));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (final UnknownHostException e) {
      return "?";
    }
  }

  /** When the mark was made: once in the life of a file. */
  private static long created(final Backend backend) {
    final long[] millis = new long[1];
    backend.visit(
        new SeriesVisitor<RuntimeException>() {
          @Override
          public boolean family(final FamilyDescriptor family) {
            return family.name().equals(MARK);
          }

          @Override
          public void series(final Series series) {
            millis[0] = series.createdMillis();
          }
        });
    return millis[0];
  }

  /** Short, as it stands before each field: 63 bits of the text's FNV-1a hash. */
  private static String digest(final String text) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100_0000_01b3L;
    }
    return Long.toString(hash & RADIX_MASK, Character.MAX_RADIX);
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
