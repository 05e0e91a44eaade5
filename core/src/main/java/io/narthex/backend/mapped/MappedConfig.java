package io.narthex.backend.mapped;

import io.narthex.backend.Config;
import java.nio.file.Path;
import java.util.Map;

/** Says to the builder what a configuration says. */
final class MappedConfig {
  private static final String[] KEYS = {
    "path",
    "read_only",
    "initial_size",
    "max_size",
    "stripes",
    "permissions",
    "max_series_per_metric",
    "when_unused",
    "when_incompatible",
    "allow_other_owner",
    "allow_symbolic_links",
  };

  private MappedConfig() {}

  static MappedBackend open(final Map<String, ?> options) {
    final Config config = Config.of(MappedBackend.class, options, KEYS);
    final Path path = Path.of(config.string("path").orElseThrow(config.missing("path")));
    final MappedBackend.Builder builder = MappedBackend.builder(path);
    config.size("initial_size").ifPresent(builder::initialSize);
    config.size("max_size").ifPresent(builder::maxSize);
    config.integer("stripes").ifPresent(builder::stripes);
    config.string("permissions").ifPresent(builder::permissions);
    config.integer("max_series_per_metric").ifPresent(builder::maxSeriesPerMetric);
    config.oneOf("when_unused", WhenUnused.class).ifPresent(builder::whenUnused);
    config.oneOf("when_incompatible", WhenIncompatible.class).ifPresent(builder::whenIncompatible);
    if (config.bool("allow_other_owner").orElse(false)) {
      builder.allowOtherOwner();
    }
    if (config.bool("allow_symbolic_links").orElse(false)) {
      builder.allowSymbolicLinks();
    }
    // Last, so that a viewer's configuration is checked as a writer's is.
    return config.bool("read_only").orElse(false)
        ? MappedBackend.openReadOnly(path)
        : builder.open();
  }
}
